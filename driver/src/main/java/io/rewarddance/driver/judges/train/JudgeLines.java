package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Validation;
import java.util.List;

/** What people are told while a judge is trained. */
final class JudgeLines {
  private final JudgeTrainingConfig config;
  private final JobListener listener;

  JudgeLines(JudgeTrainingConfig config, JobListener listener) {
    this.config = config;
    this.listener = listener;
  }

  void start(JudgeInputs inputs, List<JudgeUpdateResult> before) {
    listener.said(
        Text.format(
            "%s: %s on %s, %d pairs, %d updates of %d steps",
            config.judge(),
            config.update().recipe(),
            config.base().getFileName(),
            inputs.trained(),
            config.updates(),
            config.update().steps()));
    if (!before.isEmpty()) {
      listener.said("going on after update " + before.size());
    }
  }

  void progress(long done, long total) {
    listener.progress(config.judge() + ": training", done, total);
  }

  void updated(JudgeUpdateResult result, boolean best) {
    StringBuilder line = new StringBuilder();
    line.append(
        Text.format(
            "update %d/%d  loss %s",
            result.step() + 1, config.updates(), Text.number(result.loss())));
    for (Validation set : Proof.without(result)) {
      line.append("  ").append(set.name()).append(' ');
      line.append(interval(Scoring.of(Scoring.whole(set))));
    }
    listener.said(line.append(best ? "  best" : "").toString());
  }

  void end(JudgeSummary summary, int pairs) {
    String early = summary.stoppedEarly() ? " (ended early)" : "";
    listener.said(
        Text.format("kept update %d of %d%s", summary.bestStep() + 1, summary.updates(), early));
    summary
        .validation()
        .forEach(
            (set, domains) ->
                domains.forEach(
                    (domain, score) ->
                        listener.said(
                            Text.format(
                                "  %-16s %-16s %s  %d pairs  log loss %.3f  ece %.3f",
                                set,
                                domain.isEmpty() ? "(none)" : domain,
                                interval(score),
                                score.n(),
                                score.logLoss(),
                                score.ece()))));
    listener.said(
        Text.format(
            "published %s; proven on %d pairs through gRPC, largest difference %.1e",
            summary.model(), pairs, summary.proof()));
  }

  private static String interval(DomainScore score) {
    return Text.format("%.3f [%.3f, %.3f]", score.accuracy(), score.low(), score.high());
  }
}
