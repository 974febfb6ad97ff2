package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.report.JudgePage;
import io.rewarddance.proto.training.JudgeUpdateResult;
import java.util.List;

/** A judge's training as a page. */
final class JudgeReport {
  private final JudgeTrainingConfig config;
  private final String yaml;
  private final JudgeSummary summary;
  private final List<JudgeUpdateResult> results;

  JudgeReport(
      JudgeTrainingConfig config,
      String yaml,
      JudgeSummary summary,
      List<JudgeUpdateResult> results) {
    this.config = config;
    this.yaml = yaml;
    this.summary = summary;
    this.results = results.stream().map(JudgeReport::withoutProof).toList();
  }

  private static JudgeUpdateResult withoutProof(JudgeUpdateResult result) {
    return new JudgeUpdateResult(
        result.judge(),
        result.step(),
        result.digest(),
        result.optimizerSteps(),
        result.weightsDigest(),
        result.pairs(),
        result.loss(),
        result.crossEntropy(),
        result.reasonLoss(),
        result.gradientNorm(),
        result.trainAccuracy(),
        result.learningRate(),
        Proof.without(result),
        result.seconds());
  }

  String html() {
    List<String> lines =
        List.of(
            Text.format(
                "%s on %s, reasons %s; %d optimizer steps of %d pairs, seed %d",
                summary.recipe(),
                summary.base(),
                summary.reasons(),
                summary.steps(),
                config.update().minibatch(),
                config.seed()),
            Text.format(
                "Kept: update %d of %d, best by %s on %s. Weights %s.",
                summary.bestStep() + 1,
                summary.updates(),
                config.keep().measure() == JudgeTrainingConfig.Measure.ACCURACY
                    ? "accuracy"
                    : "log loss",
                config.keep().set(),
                Text.digest(summary.weightsDigest())),
            Text.format(
                "Published as %s and asked through gRPC: largest difference of a probability %.1e.",
                config.publish().model(), summary.proof()));
    return new JudgePage(
            new JudgePage.Content(
                summary.judge(),
                lines,
                results,
                summary.bestStep(),
                Scoring::whole,
                score -> Scoring.of(score).ece(),
                yaml))
        .html();
  }
}
