package io.rewarddance.proto.tensor;

import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferInputTensor;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tensors to and from inference messages. Tensors are always sent raw; raw and typed contents are
 * both read. Raw bytes are never copied.
 */
public final class InferCodec {
  /** Finds the bytes of inputs that a request keeps in shared memory. */
  @FunctionalInterface
  public interface SharedInputs {
    /** Views nothing in shared memory. */
    SharedInputs NONE = input -> Optional.empty();

    /** The input's bytes, or empty when the request carries them itself. */
    Optional<ByteBuffer> find(InferInputTensor input);
  }

  private InferCodec() {}

  /** Adds inputs to a request, with raw contents. */
  public static void addInputs(ModelInferRequest.Builder request, Iterable<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      InferInputTensor.Builder input = request.addInputsBuilder();
      input.setName(tensor.name()).setDatatype(tensor.type().wireName());
      for (long dimension : tensor.shape()) {
        input.addShape(dimension);
      }
      request.addRawInputContents(tensor.toByteString());
    }
  }

  /** Adds outputs to an answer, with raw contents. */
  public static void addOutputs(ModelInferResponse.Builder response, Iterable<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      InferOutputTensor.Builder output = response.addOutputsBuilder();
      output.setName(tensor.name()).setDatatype(tensor.type().wireName());
      for (long dimension : tensor.shape()) {
        output.addShape(dimension);
      }
      response.addRawOutputContents(tensor.toByteString());
    }
  }

  /**
   * The inputs of a request, in its order. Raw entries belong, in order, to the inputs that are not
   * in shared memory.
   *
   * @throws TensorException with Triton's text when an input has no data, or two kinds of it
   */
  public static List<InputData> inputData(ModelInferRequest request, SharedInputs sharedInputs) {
    List<InputData> inputs = new ArrayList<>(request.getInputsCount());
    int nextRaw = 0;
    for (InferInputTensor input : request.getInputsList()) {
      Optional<ByteBuffer> shared = sharedInputs.find(input);
      ByteBuffer data;
      if (shared.isPresent()) {
        data = shared.get();
        refuseSharedContents(request, input);
      } else if (input.hasContents()) {
        data = typedContents(request, input);
      } else if (nextRaw < request.getRawInputContentsCount()) {
        data = request.getRawInputContents(nextRaw++).asReadOnlyByteBuffer();
      } else {
        throw new TensorException(
            "unable to find data for " + words(request, input) + " in request.");
      }
      inputs.add(
          new InputData(
              input.getName(),
              DataType.ofWireName(input.getDatatype()),
              Shapes.of(input.getShapeList()),
              data));
    }
    return inputs;
  }

  private static void refuseSharedContents(ModelInferRequest request, InferInputTensor input) {
    if (input.hasContents()) {
      throw new TensorException(
          "unexpected 'content' provided when using shared memory for " + words(request, input));
    }
  }

  private static ByteBuffer typedContents(ModelInferRequest request, InferInputTensor input) {
    if (request.getRawInputContentsCount() > 0) {
      throw new TensorException(
          "contents field must not be specified when using raw_input_contents for '%s' for model '%s'"
              .formatted(input.getName(), request.getModelName()));
    }
    DataType type = DataType.ofWireName(input.getDatatype()).orElse(null);
    return TypedContents.toWire(type, input.getContents(), words(request, input));
  }

  private static String words(ModelInferRequest request, InferInputTensor input) {
    return "input tensor '%s' for model '%s'".formatted(input.getName(), request.getModelName());
  }

  /**
   * The outputs of an answer by name, in its order.
   *
   * @throws TensorException naming the output whose data, type or shape contradict each other, or
   *     that comes twice
   */
  public static Map<String, Tensor> outputs(ModelInferResponse response) {
    int raw = response.getRawOutputContentsCount();
    if (raw != 0 && raw != response.getOutputsCount()) {
      throw new TensorException(
          "raw_output_contents of model '%s': %d entries (expected: %d, one for each output)"
              .formatted(response.getModelName(), raw, response.getOutputsCount()));
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (int i = 0; i < response.getOutputsCount(); i++) {
      Tensor tensor = output(response, i);
      if (outputs.put(tensor.name(), tensor) != null) {
        throw new TensorException("output '" + tensor.name() + "': comes twice");
      }
    }
    return outputs;
  }

  private static Tensor output(ModelInferResponse response, int index) {
    InferOutputTensor output = response.getOutputs(index);
    DataType type =
        DataType.ofWireName(output.getDatatype())
            .orElseThrow(
                () ->
                    new TensorException(
                        "output '%s': datatype '%s' is not known"
                            .formatted(output.getName(), output.getDatatype())));
    long[] shape = Shapes.of(output.getShapeList());
    if (response.getRawOutputContentsCount() > 0) {
      return Tensor.of(output.getName(), type, shape, response.getRawOutputContents(index));
    }
    String words = "output tensor '" + output.getName() + "'";
    ByteBuffer data = TypedContents.toWire(type, output.getContents(), words);
    return Tensor.of(output.getName(), type, shape, data);
  }
}
