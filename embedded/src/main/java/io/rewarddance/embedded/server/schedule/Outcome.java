package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.InferResult;
import java.util.Optional;

/**
 * What became of one call.
 *
 * @param result the model's answer, or why the model was not asked
 * @param timing when the model ran, or empty when it was not asked
 */
public record Outcome(InferResult result, Optional<Timing> timing) {
  /**
   * Points in time of one call, nanoseconds of {@link System#nanoTime()}.
   *
   * @param enqueued when it came
   * @param taken when its batch was formed
   * @param inferStart when the model was called
   * @param inferEnd when the model returned
   */
  public record Timing(long enqueued, long taken, long inferStart, long inferEnd) {}
}
