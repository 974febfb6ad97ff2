package io.rewarddance.driver.triton;

import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferRequestedOutputTensor;
import io.rewarddance.proto.triton.ModelInferResponse;

/** Calls and answers as messages; tensor bytes are wrapped both ways, never copied. */
final class Messages {
  private Messages() {}

  static ModelInferRequest request(InferCall call) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder().setModelName(call.model()).setId(call.id());
    if (call.version() != InferCall.NEWEST) {
      request.setModelVersion(Long.toString(call.version()));
    }
    InferCodec.addInputs(request, call.inputs());
    for (String output : call.outputs()) {
      request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(output));
    }
    return request.build();
  }

  /**
   * @throws TritonException of kind {@link ErrorKind#BAD_ANSWER} when the answer belongs to another
   *     call
   * @throws io.rewarddance.proto.tensor.TensorException when a tensor isn't whole
   */
  static InferAnswer answer(String endpoint, InferCall call, ModelInferResponse response) {
    if (!call.id().equals(response.getId())) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          endpoint,
          "id: '%s' (expected: '%s')".formatted(response.getId(), call.id()));
    }
    return new InferAnswer(endpoint, version(endpoint, response), InferCodec.outputs(response));
  }

  private static long version(String endpoint, ModelInferResponse response) {
    try {
      return Long.parseLong(response.getModelVersion());
    } catch (NumberFormatException e) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          endpoint,
          "model_version: '%s' (expected: a number)".formatted(response.getModelVersion()),
          e);
    }
  }
}
