package io.rewarddance.driver.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferInputTensor;
import io.rewarddance.proto.triton.ModelInferRequest.InferRequestedOutputTensor;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Messages from the form that the cases have them in. */
final class Requests {
  private Requests() {}

  /** Tensors that are {@code typed} travel in typed contents, all others raw. */
  static ModelInferRequest infer(JsonNode json) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(json.get("model").asString())
            .setModelVersion(json.path("version").asString(""))
            .setId(json.path("id").asString(""))
            .putAllParameters(parameters(json));
    json.path("inputs").forEach(tensor -> addInput(request, tensor));
    json.path("outputs").forEach(output -> request.addOutputs(output(output)));
    return request.build();
  }

  private static void addInput(ModelInferRequest.Builder request, JsonNode tensor) {
    InferInputTensor.Builder input =
        InferInputTensor.newBuilder()
            .setName(tensor.get("name").asString())
            .setDatatype(tensor.get("datatype").asString())
            .putAllParameters(parameters(tensor));
    tensor.get("shape").forEach(extent -> input.addShape(extent.asLong()));
    if (tensor.has("typed")) {
      merge(tensor.get("typed"), input.getContentsBuilder());
    } else if (!tensor.path("absent").asBoolean(false)) {
      request.addRawInputContents(Contents.of(tensor));
    }
    request.addInputs(input);
  }

  private static InferRequestedOutputTensor output(JsonNode output) {
    String name = output.isString() ? output.asString() : output.get("name").asString();
    return InferRequestedOutputTensor.newBuilder()
        .setName(name)
        .putAllParameters(parameters(output))
        .build();
  }

  private static Map<String, InferParameter> parameters(JsonNode owner) {
    Map<String, InferParameter> parameters = new TreeMap<>();
    owner
        .path("parameters")
        .properties()
        .forEach(
            entry ->
                parameters.put(
                    entry.getKey(), merge(entry.getValue(), InferParameter.newBuilder()).build()));
    return parameters;
  }

  /** The request message of a method, from protobuf's JSON of it. */
  static Message control(String rpc, JsonNode json) {
    MethodDescriptor<?, ?> method =
        GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods().stream()
            .filter(candidate -> rpc.equals(candidate.getBareMethodName()))
            .findFirst()
            .orElseThrow();
    PrototypeMarshaller<?> marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
    Message prototype = (Message) marshaller.getMessagePrototype();
    return merge(json, prototype.newBuilderForType()).build();
  }

  /** Protobuf's JSON of a message. */
  static <B extends Message.Builder> B merge(JsonNode json, B message) {
    try {
      JsonFormat.parser().merge(json.toString(), message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json.toString(), e);
    }
  }
}
