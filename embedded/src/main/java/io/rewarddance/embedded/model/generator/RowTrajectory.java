package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.request.RunQueue;
import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Span;
import io.rewarddance.embedded.sampling.Step;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One image or video on its way from noise, or from a given state. Used by one thread at a time.
 */
final class RowTrajectory implements RunQueue.Row {
  private final GeneratorRequest.Row row;
  private final SamplingPlan plan;
  private final Span span;
  private final Answer answer;
  private final int rowInCall;
  private final BooleanSupplier cancelled;
  private int next;
  private float[] state = {};
  private String failure;

  RowTrajectory(GeneratorRequest request, int rowInCall, Answer answer, BooleanSupplier cancelled) {
    this.row = request.rows().get(rowInCall);
    this.plan = request.plan();
    this.span = request.span();
    this.next = span.begin();
    this.answer = answer;
    this.rowInCall = rowInCall;
    this.cancelled = cancelled;
  }

  long[] tokens() {
    return row.tokens();
  }

  /** Noise level of the current state. */
  float sigma() {
    return (float) plan.schedule().sigma(next);
  }

  /** The current state. */
  float[] state(int size) {
    if (state.length == 0) {
      begin(size);
    }
    return state;
  }

  @Override
  public boolean needsRun() {
    return failure == null && next < span.stop() && !cancelled.getAsBoolean();
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  void fail(String text) {
    failure = text;
  }

  /** Takes up the given state, noised again where that was asked for, or draws the noise. */
  private void begin(int size) {
    state =
        row.start()
            .map(float[]::clone)
            .orElseGet(() -> Philox.normals(row.seed(), Philox.INITIAL_NOISE, 0, size));
    span.renoising()
        .ifPresent(
            renoising ->
                renoising.apply(
                    state, Philox.normals(row.seed(), Philox.RENOISING, span.begin(), size)));
    hold(state);
  }

  private void hold(float[] values) {
    row.held().ifPresent(frame -> frame.put(values));
  }

  /** Takes the next step with the velocity at the current state. */
  void advance(float[] velocity) {
    int index = next++;
    boolean last = next == span.stop();
    float[] image = last && span.stopsEarly() ? cleanGuess(index, velocity) : state;
    if (plan.isRecorded(index) && index == plan.sdeStart()) {
      answer.putLatent(rowInCall, 0, state);
    }
    Step step = plan.step(index);
    if (plan.isStochastic(index)) {
      advanceWithNoise(index, step, velocity);
    } else {
      step.advance(state, velocity);
      hold(state);
    }
    if (plan.isRecorded(index)) {
      answer.putLatent(rowInCall, index - plan.sdeStart() + 1, state);
    }
    if (!isFinite(state)) {
      fail(
          "latents: not finite after step %d of %d, seed %d, prompt \"%s\" (expected: finite)"
              .formatted(next, plan.schedule().steps(), row.seed(), row.prompt()));
    } else if (last) {
      finish(image);
    }
  }

  /** What the velocity says the image will be: the state after an Euler step to sigma 0. */
  private float[] cleanGuess(int index, float[] velocity) {
    float[] guess = state.clone();
    new Step(1, -plan.schedule().sigma(index), 0).advance(guess, velocity);
    hold(guess);
    return guess;
  }

  private void advanceWithNoise(int index, Step step, float[] velocity) {
    float[] before = state.clone();
    step.advance(
        state, velocity, Philox.normals(row.seed(), Philox.SAMPLER_NOISE, index, state.length));
    hold(state);
    double logProb = step.meanLogProb(free(state), free(before), free(velocity));
    answer.putLogProb(rowInCall, index - plan.sdeStart(), logProb);
  }

  /** The elements whose density counts. */
  private float[] free(float[] values) {
    return row.held().map(frame -> frame.free(values)).orElse(values);
  }

  private void finish(float[] image) {
    if (plan.sdeSteps() == 0) {
      answer.putLatent(rowInCall, 0, state);
    }
    answer.putSample(rowInCall, image);
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
