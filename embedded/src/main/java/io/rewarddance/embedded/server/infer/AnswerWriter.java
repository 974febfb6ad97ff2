package io.rewarddance.embedded.server.infer;

import com.google.protobuf.ByteString;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.lifecycle.LoadedVersion;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelOutput;
import java.util.List;
import java.util.Map;

/** Puts a model's outputs into an answer, or into shared memory. */
record AnswerWriter(LoadedVersion version, String id, List<WantedOutput> wanted) {

  /** An answer without outputs: who answers, and whom. */
  ModelInferResponse.Builder header() {
    return ModelInferResponse.newBuilder()
        .setModelName(version.name())
        .setModelVersion(Long.toString(version.version()))
        .setId(id);
  }

  /**
   * The answer, outputs in the order of the configuration.
   *
   * @throws RequestException for an output that the model did not make, or that does not fit
   */
  ModelInferResponse write(Map<String, Tensor> outputs) {
    ModelInferResponse.Builder answer = header();
    for (ModelOutput output : version.config().getOutputList()) {
      wanted.stream()
          .filter(candidate -> candidate.name().equals(output.getName()))
          .findFirst()
          .ifPresent(want -> add(answer, output, want, outputs));
    }
    return answer.build();
  }

  private void add(
      ModelInferResponse.Builder answer,
      ModelOutput output,
      WantedOutput want,
      Map<String, Tensor> outputs) {
    Tensor tensor = outputs.get(want.name());
    if (tensor == null) {
      if (want.named()) {
        throw RequestException.internal(
            "model '%s' gave no output '%s'".formatted(version.name(), want.name()));
      }
      return;
    }
    Tensor made = forClient(output, want, tensor);
    InferCodec.addOutputs(answer, List.of(made));
    want.target().ifPresent(range -> moveToSharedMemory(answer, range, made));
  }

  private Tensor forClient(ModelOutput output, WantedOutput want, Tensor tensor) {
    boolean batched = version.config().getMaxBatchSize() > 0;
    Tensor shaped =
        output.hasReshape()
            ? tensor.reshaped(
                Reshape.apply(
                    output.getReshape().getShapeList(),
                    output.getDimsList(),
                    tensor.shape(),
                    batched))
            : tensor;
    return want.classes() == 0
        ? shaped
        : TopClasses.of(shaped, want.classes(), batched, version.labels(want.name()));
  }

  private static void moveToSharedMemory(
      ModelInferResponse.Builder answer, SharedRange range, Tensor tensor) {
    if (tensor.byteSize() > range.bytes().remaining()) {
      throw RequestException.internal(
          "shared memory size specified with the request for output '%s' (%d bytes) should be at least %d bytes to hold the results"
              .formatted(tensor.name(), range.bytes().remaining(), tensor.byteSize()));
    }
    range.bytes().duplicate().put(tensor.data());
    answer.setRawOutputContents(answer.getOutputsCount() - 1, ByteString.EMPTY);
  }
}
