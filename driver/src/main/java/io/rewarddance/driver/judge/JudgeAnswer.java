package io.rewarddance.driver.judge;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.TensorRule;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.NotFiniteException;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outputs of the judge contract (docs/contracts.md). */
final class JudgeAnswer {
  static final String IMAGE_GRADIENT = "image_gradient";

  private JudgeAnswer() {}

  /**
   * One outcome for each row.
   *
   * @param massFloor smallest P(yes) + P(no) that still counts as an answer
   * @param gradients whether image gradients were asked for
   * @throws TritonException of kind {@link ErrorKind#BAD_ANSWER} when the outputs have another
   *     shape or type
   */
  static List<Outcome<Verdict>> read(
      InferAnswer answer, int rows, double massFloor, boolean gradients) {
    float[] yes = column(answer, "yes_log_prob", rows);
    float[] no = column(answer, "no_log_prob", rows);
    Optional<Tensor> pulled =
        gradients ? Optional.of(tensor(answer, IMAGE_GRADIENT, rows)) : Optional.empty();
    List<Outcome<Verdict>> outcomes = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      Outcome<YesProbability> said = one(yes[row], no[row], massFloor);
      outcomes.add(
          said instanceof Outcome.Success<YesProbability> given
              ? verdict(given.result(), pulled, row)
              : Outcome.failed(said.failure().orElseThrow()));
    }
    return outcomes;
  }

  private static Outcome<Verdict> verdict(
      YesProbability answer, Optional<Tensor> gradients, int row) {
    try {
      return Outcome.of(
          new Verdict(answer, gradients.map(all -> gradient(all.rows(row, row + 1)))));
    } catch (NotFiniteException e) {
      return Outcome.failed(FailureKind.JUDGE_NOT_FINITE, e.getMessage());
    }
  }

  private static ImageGradient gradient(Tensor row) {
    return new ImageGradient((int) row.dimension(1), (int) row.dimension(2), row.floats());
  }

  private static Outcome<YesProbability> one(float yes, float no, double massFloor) {
    try {
      YesProbability answer = new YesProbability(yes, no);
      if (answer.mass() < massFloor) {
        return Outcome.failed(
            FailureKind.JUDGE_MASS_BELOW_FLOOR,
            "yes + no mass: " + answer.mass() + " (expected: >= " + massFloor + ")");
      }
      return Outcome.of(answer);
    } catch (NotFiniteException e) {
      return Outcome.failed(FailureKind.JUDGE_NOT_FINITE, e.getMessage());
    } catch (IllegalArgumentException e) {
      return impossible(yes, no, e);
    }
  }

  /** Two "impossible" answers are no mass at all; anything else isn't a pair of probabilities. */
  private static Outcome<YesProbability> impossible(
      float yes, float no, IllegalArgumentException problem) {
    boolean noMass = Math.max(yes, no) == Float.NEGATIVE_INFINITY;
    return Outcome.failed(
        noMass ? FailureKind.JUDGE_MASS_BELOW_FLOOR : FailureKind.JUDGE_BAD_SHAPE,
        problem.getMessage());
  }

  private static float[] column(InferAnswer answer, String name, int rows) {
    return tensor(answer, name, rows).floats();
  }

  private static Tensor tensor(InferAnswer answer, String name, int rows) {
    TensorRule rule = Contracts.POINTWISE_JUDGE.output(name);
    Tensor tensor = answer.output(name);
    if (!rule.accepts(tensor, rows)) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          answer.endpoint(),
          "output " + tensor + " (expected: " + rule.expected(rows) + ")");
    }
    return tensor;
  }
}
