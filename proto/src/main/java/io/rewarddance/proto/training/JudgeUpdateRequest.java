package io.rewarddance.proto.training;

import java.util.List;

/**
 * JSON body of {@code POST /v1/judges/{judge}/updates/{step}}.
 *
 * @param base the model that training starts from; the same in every update of a judge
 * @param preferences the preference file to train on
 * @param validation preference files that the trained judge is measured on, by name
 * @param settings how to train
 */
public record JudgeUpdateRequest(
    Base base,
    UpdateReference preferences,
    List<Validation> validation,
    JudgeUpdateSettings settings) {
  /**
   * @param uri a {@code file:} URI of the version directory with {@code weights.safetensors},
   *     {@code vocabulary.txt} and the traces, with {@code config.pbtxt} in the directory above
   * @param sha256 lower-case hex sha-256 of {@code weights.safetensors}
   */
  public record Base(String uri, String sha256) {}

  /**
   * @param name what the result reports it as
   * @param uri a {@code file:} URI of a preference file
   * @param sha256 lower-case hex sha-256 of that file
   */
  public record Validation(String name, String uri, String sha256) {}
}
