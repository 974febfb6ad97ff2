package io.rewarddance.driver.update;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether an update's result is one, and is the one that was asked for. */
final class UpdateCheck {
  private UpdateCheck() {}

  /**
   * @param baseVersion version that drew the rollouts; its successor must be the result
   * @throws StepFailedException of kind BACKEND_NOT_FINITE or BACKEND_ERROR
   */
  static UpdateResult check(UpdateResult result, UpdateOrder order, long baseVersion) {
    finite(result);
    equal("run", result.run(), order.run());
    equal("iteration", result.iteration(), order.iteration());
    equal("digest", result.digest(), order.sha256());
    equal("policyVersion", result.policyVersion(), baseVersion + 1);
    String digest = String.valueOf(result.policyDigest());
    if (!digest.matches("[0-9a-f]{64}")) {
      throw wrong("policyDigest", digest, "64 lower-case hex digits");
    }
    return result;
  }

  private static void finite(UpdateResult result) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("loss", result.loss());
    numbers.put("ratioMean", result.ratioMean());
    numbers.put("firstRatioDeviation", result.firstRatioDeviation());
    numbers.put("clipFractionLow", result.clipFractionLow());
    numbers.put("clipFractionHigh", result.clipFractionHigh());
    numbers.put("kl", result.kl());
    numbers.put("policyDistance", result.policyDistance());
    numbers.put("gradientNorm", result.gradientNorm());
    numbers.put("learningRate", result.learningRate());
    numbers.put("seconds", result.seconds());
    numbers.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw StepFailedException.lasting(
                FailureKind.BACKEND_NOT_FINITE,
                "update result: " + name + ": " + value + " (expected: a finite number)",
                null);
          }
        });
  }

  private static void equal(String name, Object got, Object expected) {
    if (!expected.equals(got)) {
      throw wrong(name, got, expected);
    }
  }

  private static StepFailedException wrong(String name, Object got, Object expected) {
    return StepFailedException.lasting(
        FailureKind.BACKEND_ERROR,
        "update result: " + name + ": " + got + " (expected: " + expected + ")",
        null);
  }
}
