package io.rewarddance.driver.conformance;

import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.TensorException;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferInputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests as calls of the driver's client, where it has words for them. */
final class DriversCalls {
  private static final String VERSION = "|[1-9]\\d{0,17}";

  private DriversCalls() {}

  /** Present for a request without parameters whose tensors are whole and travel raw. */
  static Optional<InferCall> of(ModelInferRequest request) {
    boolean plain =
        request.getParametersCount() == 0
            && request.getModelVersion().matches(VERSION)
            && request.getRawInputContentsCount() == request.getInputsCount()
            && request.getInputsList().stream().allMatch(i -> i.getParametersCount() == 0)
            && request.getOutputsList().stream().allMatch(o -> o.getParametersCount() == 0);
    return plain ? tensors(request).map(inputs -> call(request, inputs)) : Optional.empty();
  }

  private static InferCall call(ModelInferRequest request, List<Tensor> inputs) {
    String version = request.getModelVersion();
    return new InferCall(
        request.getModelName(),
        version.isEmpty() ? InferCall.NEWEST : Long.parseLong(version),
        request.getId(),
        inputs,
        request.getOutputsList().stream().map(output -> output.getName()).toList(),
        0);
  }

  private static Optional<List<Tensor>> tensors(ModelInferRequest request) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor input = request.getInputs(i);
      long[] shape = input.getShapeList().stream().mapToLong(Long::longValue).toArray();
      Optional<DataType> type = DataType.ofWireName(input.getDatatype());
      try {
        tensors.add(
            Tensor.of(input.getName(), type.orElseThrow(), shape, request.getRawInputContents(i)));
      } catch (TensorException | java.util.NoSuchElementException e) {
        return Optional.empty();
      }
    }
    return Optional.of(tensors);
  }
}
