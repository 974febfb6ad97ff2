package io.rewarddance.proto.training;

/**
 * Body of every answer of 400 and above.
 *
 * @param error one of {@code bad_request}, {@code bad_file}, {@code unknown_run}, {@code
 *     unknown_policy}, {@code unknown_judge}, {@code conflict}, {@code stale_policy}, {@code
 *     non_finite}, {@code busy}, {@code internal}
 * @param message what is wrong, its value and what was expected
 */
public record TrainingError(String error, String message) {}
