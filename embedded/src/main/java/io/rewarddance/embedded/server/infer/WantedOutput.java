package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferRequestedOutputTensor;
import io.rewarddance.proto.triton.ModelOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An output that a request asks for.
 *
 * @param named true when the request names it, false when it gets it by asking for all
 * @param target where in shared memory it goes, or empty for into the answer
 * @param classes how many best classes are wanted in place of the tensor, or 0
 */
record WantedOutput(String name, boolean named, Optional<SharedRange> target, int classes) {
  private static final String CLASSIFICATION = "classification";

  /**
   * The outputs that the request names, or all of the model's, in the request's order. A name may
   * come twice, as on Triton; the first that wants it otherwise than plain counts.
   */
  static List<WantedOutput> of(
      ModelInferRequest request, ModelConfig config, SharedRegions regions) {
    if (request.getOutputsCount() == 0) {
      return config.getOutputList().stream()
          .map(output -> new WantedOutput(output.getName(), false, Optional.empty(), 0))
          .toList();
    }
    Map<String, WantedOutput> wanted = new LinkedHashMap<>();
    for (InferRequestedOutputTensor output : request.getOutputsList()) {
      wanted.merge(
          output.getName(), of(output, regions), (one, next) -> one.isPlain() ? next : one);
    }
    return List.copyOf(wanted.values());
  }

  private boolean isPlain() {
    return target.isEmpty() && classes == 0;
  }

  private static WantedOutput of(InferRequestedOutputTensor output, SharedRegions regions) {
    Optional<SharedRange> target =
        SharedRange.of(output.getName(), output.getParametersMap(), regions);
    int classes = classes(output.getParametersMap().get(CLASSIFICATION));
    if (target.isPresent() && classes > 0) {
      throw RequestException.invalid(
          "output can't set both 'shared_memory_region' and 'classification'");
    }
    return new WantedOutput(output.getName(), true, target, classes);
  }

  private static int classes(InferParameter parameter) {
    if (parameter == null) {
      return 0;
    }
    if (!parameter.hasInt64Param()) {
      throw RequestException.invalid(
          "invalid value type for 'classification' parameter, expected int64_param");
    }
    long count = parameter.getInt64Param();
    if (count <= 0) {
      throw RequestException.invalid("invalid value for 'classification' parameter, expected >= 0");
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  /** Refuses a name that is none of the model's outputs. */
  void check(ModelConfig config) {
    if (config.getOutputList().stream().map(ModelOutput::getName).noneMatch(name::equals)) {
      throw RequestException.invalid(
          "unexpected inference output '%s' for model '%s'".formatted(name, config.getName()));
    }
  }
}
