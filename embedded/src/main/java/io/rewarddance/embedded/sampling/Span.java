package io.rewarddance.embedded.sampling;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of a schedule that one request walks: from where its latent lies, or from noise, to
 * where it stops. Steps count from 0 to the schedule's length; {@code sigma(step)} is the noise
 * level before a step.
 *
 * @param schedule of the whole trajectory
 * @param latentStep where the latent lies that is taken up
 * @param begin first step that is taken; before {@code latentStep}, the latent is noised again
 * @param stop sampling ends at this level; {@code schedule.steps()} is a clean image
 */
public record Span(Schedule schedule, int latentStep, int begin, int stop) {
  public Span {
    if (begin < 0 || begin > latentStep || stop <= begin || stop > schedule.steps()) {
      throw new IllegalArgumentException(
          "span: latent at %d, steps %d to %d of %d (expected: in order)"
              .formatted(latentStep, begin, stop, schedule.steps()));
    }
  }

  /** All of it: from noise to a clean image. */
  public static Span whole(Schedule schedule) {
    return new Span(schedule, 0, 0, schedule.steps());
  }

  /**
   * The span of a request; what lacks has its default.
   *
   * @param hasLatent whether a state to begin with was given
   * @throws IllegalArgumentException naming the input that does not fit
   */
  public static Span of(
      Schedule schedule,
      boolean hasLatent,
      OptionalInt startStep,
      OptionalInt renoiseStep,
      OptionalInt stopStep) {
    int steps = schedule.steps();
    if (!hasLatent) {
      requireNoise(startStep, renoiseStep);
    }
    int latentStep = startStep.orElse(0);
    // A clean image can only be taken up by adding noise to it.
    require("start_step", latentStep, 0, renoiseStep.isPresent() ? steps : steps - 1, steps);
    int begin = renoiseStep.orElse(latentStep);
    require("renoise_step", begin, 0, Math.min(latentStep, steps - 1), steps);
    int stop = stopStep.orElse(steps);
    require("stop_step", stop, begin + 1, steps, steps);
    return new Span(schedule, latentStep, begin, stop);
  }

  private static void requireNoise(OptionalInt startStep, OptionalInt renoiseStep) {
    if (startStep.orElse(0) != 0) {
      throw new IllegalArgumentException(
          "start_step: " + startStep.getAsInt() + " (expected: 0 without start_latent)");
    }
    if (renoiseStep.isPresent()) {
      throw new IllegalArgumentException(
          "renoise_step: " + renoiseStep.getAsInt() + " (expected: absent without start_latent)");
    }
  }

  private static void require(String name, int value, int least, int most, int steps) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d to %d with steps %d)".formatted(name, value, least, most, steps));
    }
  }

  /**
   * Checks that a plan's window lies in this span; one without a window always does.
   *
   * @throws IllegalArgumentException naming the setting that does not fit
   */
  public void requireWindow(int sdeStart, int sdeSteps) {
    if (sdeSteps > 0 && (sdeStart < begin || sdeStart + sdeSteps > stop)) {
      throw new IllegalArgumentException(
          "sde_start: %d with sde_steps %d (expected: a window in the steps taken, %d to %d)"
              .formatted(sdeStart, sdeSteps, begin, stop - 1));
    }
  }

  /** How the latent is noised before the first step; empty when it is taken as it is. */
  public Optional<Renoising> renoising() {
    return begin == latentStep
        ? Optional.empty()
        : Optional.of(Renoising.between(schedule.sigma(latentStep), schedule.sigma(begin)));
  }

  /** Whether it ends before the image is clean. */
  public boolean stopsEarly() {
    return stop < schedule.steps();
  }
}
