package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Step;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One image on its way from noise. Used by one thread at a time. */
final class RowTrajectory {
  private final GeneratorRequest.Row row;
  private final SamplingPlan plan;
  private final Answer answer;
  private final int rowInCall;
  private final BooleanSupplier cancelled;
  private float[] state = {};
  private String failure;

  RowTrajectory(GeneratorRequest request, int rowInCall, Answer answer, BooleanSupplier cancelled) {
    this.row = request.rows().get(rowInCall);
    this.plan = request.plan();
    this.answer = answer;
    this.rowInCall = rowInCall;
    this.cancelled = cancelled;
  }

  int steps() {
    return plan.schedule().steps();
  }

  long[] tokens() {
    return row.tokens();
  }

  float sigma(int step) {
    return (float) plan.schedule().sigma(step);
  }

  /** The current state, [3 H W]. */
  float[] state() {
    return state;
  }

  /** Whether more steps are of use. */
  boolean isActive() {
    return failure == null && !cancelled.getAsBoolean();
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  void fail(String text) {
    failure = text;
  }

  /** Draws the initial noise. */
  void begin(int size) {
    state = Philox.normals(row.seed(), Philox.INITIAL_NOISE, 0, size);
  }

  /** Takes step {@code index} with the velocity at the current state. */
  void advance(int index, float[] velocity) {
    Step step = plan.step(index);
    if (plan.isStochastic(index)) {
      advanceWithNoise(index, step, velocity);
    } else {
      step.advance(state, velocity);
    }
    if (!isFinite(state)) {
      fail(
          "latents: not finite after step %d of %d, seed %d, prompt \"%s\" (expected: finite)"
              .formatted(index + 1, steps(), row.seed(), row.prompt()));
    } else if (index + 1 == steps()) {
      finish();
    }
  }

  private void advanceWithNoise(int index, Step step, float[] velocity) {
    int windowStep = index - plan.sdeStart();
    if (windowStep == 0) {
      answer.putLatent(rowInCall, 0, state);
    }
    float[] before = state.clone();
    step.advance(
        state, velocity, Philox.normals(row.seed(), Philox.SAMPLER_NOISE, index, state.length));
    answer.putLogProb(rowInCall, windowStep, step.meanLogProb(state, before, velocity));
    answer.putLatent(rowInCall, windowStep + 1, state);
  }

  private void finish() {
    if (plan.sdeSteps() == 0) {
      answer.putLatent(rowInCall, 0, state);
    }
    answer.putImage(rowInCall, state);
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
