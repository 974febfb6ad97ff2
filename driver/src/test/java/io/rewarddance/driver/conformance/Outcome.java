package io.rewarddance.driver.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelInferResponse.InferOutputTensor;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request came to.
 *
 * @param code gRPC status, or {@code IN_STREAM} for an item of a stream that goes on
 * @param message error text, or ""
 * @param fields of an answer, by protobuf's names; without the tensors' contents
 * @param tensors of an inference
 */
record Outcome(String code, String message, JsonNode fields, Map<String, Elements> tensors) {
  private static final JsonNode NONE = Suite.JSON.createObjectNode();

  static Outcome failed(Status status) {
    String text = status.getDescription() == null ? "" : status.getDescription();
    return new Outcome(status.getCode().name(), text, NONE, Map.of());
  }

  static Outcome answered(Message answer) {
    return new Outcome("OK", "", fields(answer), Map.of());
  }

  static Outcome inferred(ModelInferResponse answer) {
    ObjectNode fields =
        (ObjectNode) fields(answer.toBuilder().clearOutputs().clearRawOutputContents().build());
    for (InferOutputTensor output : answer.getOutputsList()) {
      fields.withArray("outputs").add(described(output));
    }
    Map<String, Elements> tensors = new TreeMap<>();
    if (answer.getRawOutputContentsCount() == answer.getOutputsCount()) {
      InferCodec.outputs(answer).forEach((name, tensor) -> tensors.put(name, Elements.of(tensor)));
    } else {
      fields.put("raw_output_contents", answer.getRawOutputContentsCount());
    }
    return new Outcome("OK", "", fields, tensors);
  }

  private static ObjectNode described(InferOutputTensor output) {
    ObjectNode json = Suite.JSON.createObjectNode();
    json.put("name", output.getName()).put("datatype", output.getDatatype());
    output.getShapeList().forEach(extent -> json.withArray("shape").add(extent));
    output.getParametersMap().keySet().stream()
        .sorted()
        .forEach(name -> json.withArray("parameters").add(name));
    return json;
  }

  /** An item of a stream, whose error ends only itself. */
  Outcome inStream(String error) {
    return new Outcome("IN_STREAM", error, fields, tensors);
  }

  Outcome withMessage(String text) {
    return new Outcome(code, text, fields, tensors);
  }

  /** Without a path that is another for each server. */
  Outcome without(String path) {
    String text = fields.toString().replace(path, "<models>");
    return new Outcome(code, message.replace(path, "<models>"), Suite.JSON.readTree(text), tensors);
  }

  private static JsonNode fields(Message answer) {
    try {
      return Suite.JSON.readTree(JsonFormat.printer().preservingProtoFieldNames().print(answer));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(answer.toString(), e);
    }
  }

  /** As it stands on record; what is empty is left out. */
  ObjectNode json() {
    ObjectNode json = Suite.JSON.createObjectNode().put("code", code);
    if (!message.isEmpty()) {
      json.put("message", message);
    }
    if (!fields.isEmpty()) {
      json.set("fields", fields);
    }
    tensors.forEach(
        (name, elements) -> json.withObject("tensors").set(name, elements.few().json()));
    return json;
  }

  static Outcome of(JsonNode json) {
    JsonNode fields = json.has("fields") ? json.get("fields") : NONE;
    Map<String, Elements> tensors = new TreeMap<>();
    for (JsonNode output : fields.path("outputs")) {
      String name = output.get("name").asString();
      DataType type = DataType.ofWireName(output.get("datatype").asString()).orElseThrow();
      tensors.put(name, Elements.of(json.path("tensors").path(name), type));
    }
    return new Outcome(
        json.get("code").asString(), json.path("message").asString(""), fields, tensors);
  }
}
