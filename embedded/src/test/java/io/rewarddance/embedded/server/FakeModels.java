package io.rewarddance.embedded.server;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.IdentityModel;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Small models with one habit each. */
final class FakeModels {
  private FakeModels() {}

  static ModelFactories factories() {
    return factories(Map.of());
  }

  /** With further kinds, or others of the same name. */
  static ModelFactories factories(Map<String, ModelFactory> more) {
    Map<String, ModelFactory> kinds = new java.util.HashMap<>();
    kinds.put("identity", IdentityModel.factory());
    kinds.put("sleeper", (config, directory, version, pool) -> sleeper(config));
    kinds.put("failing", (config, directory, version, pool) -> perCall(FakeModels::fail));
    kinds.put("version", (config, directory, version, pool) -> versionTeller(config, version));
    kinds.put(
        "broken",
        (config, directory, version, pool) -> {
          throw new ModelLoadException("the weights are not there");
        });
    kinds.putAll(more);
    return new ModelFactories(kinds);
  }

  /** Answers each call by itself. */
  static ServedModel perCall(Function<InferCall, InferResult> answer) {
    return perBatch(batch -> batch.stream().map(answer).toList());
  }

  static ServedModel perBatch(Function<List<InferCall>, List<InferResult>> answer) {
    return new ServedModel() {
      @Override
      public List<InferResult> infer(List<InferCall> batch) {
        return answer.apply(batch);
      }

      @Override
      public void close() {}
    };
  }

  private static ServedModel sleeper(ModelConfig config) throws ModelLoadException {
    long millis = Long.parseLong(config.getParametersOrThrow("sleep_ms").getStringValue());
    ServedModel identity = IdentityModel.factory().open(config, null, 1, null);
    return perBatch(
        batch -> {
          sleep(millis);
          return identity.infer(batch);
        });
  }

  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InferResult fail(InferCall call) {
    return InferResult.failure(FailureCode.INTERNAL, "nothing works");
  }

  /** Its one output, INT64 [1], is the number of its own version. */
  private static ServedModel versionTeller(ModelConfig config, long version) {
    String output = config.getOutput(0).getName();
    return perBatch(
        batch -> {
          List<InferResult> results = new ArrayList<>();
          for (InferCall call : batch) {
            int rows = (int) call.inputs().values().iterator().next().dimension(0);
            long[] numbers = new long[rows];
            java.util.Arrays.fill(numbers, version);
            results.add(
                new InferResult.Success(
                    Map.of(output, Tensors.ofInt64(output, new long[] {rows, 1}, numbers))));
          }
          return results;
        });
  }
}
