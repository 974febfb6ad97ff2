package io.rewarddance.embedded.trainer.service;

import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateReference;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * An update of a judge, asked for.
 *
 * @param digest tells requests apart
 * @param files where the request's files lie
 */
public record JudgeSubmission(
    String judge, int step, JudgeUpdateRequest request, String digest, Files files) {
  /**
   * @param base version directory
   * @param validation in the request's order
   */
  public record Files(Path base, Path preferences, List<Path> validation) {}

  boolean isFor(String otherJudge, int otherStep) {
    return judge.equals(otherJudge) && step == otherStep;
  }

  /** Sha-256 of a request's JSON without its URIs: what it asks for, wherever the files lie. */
  public static String digest(JudgeUpdateRequest request) {
    JudgeUpdateRequest placeless =
        new JudgeUpdateRequest(
            new JudgeUpdateRequest.Base("", request.base().sha256()),
            new UpdateReference("", request.preferences().sha256()),
            request.validation().stream()
                .map(v -> new JudgeUpdateRequest.Validation(v.name(), "", v.sha256()))
                .toList(),
            request.settings());
    return Sha256.of(TrainingJson.write(placeless).getBytes(StandardCharsets.UTF_8));
  }
}
