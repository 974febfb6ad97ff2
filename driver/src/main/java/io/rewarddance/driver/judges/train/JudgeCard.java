package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.format.Text;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import java.util.List;

/** The model card: what the judge was made of, and how far it can be trusted. */
final class JudgeCard {
  private final JudgeTrainingConfig config;
  private final JudgeInputs inputs;
  private final JudgeSummary summary;
  private final JudgeUpdateResult kept;

  /**
   * @param kept result of the update that was kept
   */
  JudgeCard(
      JudgeTrainingConfig config,
      JudgeInputs inputs,
      JudgeSummary summary,
      JudgeUpdateResult kept) {
    this.config = config;
    this.inputs = inputs;
    this.summary = summary;
    this.kept = kept;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(config.publish().model()).append("\n\n").append(about());
    out.append("\n## Made of\n\n| what | |\n|---|---|\n");
    row(out, "base", summary.base() + ", weights `" + inputs.baseDigest() + "`");
    row(
        out,
        "preferences",
        inputs.trained() + " pairs, `" + inputs.digests().get(config.preferences()) + "`");
    row(out, "training", training());
    row(out, "kept", kept());
    row(out, "weights", "`" + summary.weightsDigest() + "`");
    out.append(
        "\n## Agreement with annotators\n\nShare of pairs whose preferred image gets the larger");
    out.append(" probability, with the 95 % interval (Wilson); mean -ln P(preferred) in nats;\n");
    out.append("expected calibration error over ten bins.\n\n");
    out.append("| set | domain | accuracy | pairs | log loss | calibration error |\n");
    out.append("|---|---|---|---|---|---|\n");
    summary
        .validation()
        .forEach((set, domains) -> domains.forEach((d, s) -> score(out, set, d, s)));
    out.append("\n").append(chosen());
    out.append(
        "\n## Calibration\n\nP(second is better) as the judge says, against how often the second was");
    out.append(" preferred.\n");
    Proof.without(kept).forEach(set -> reliability(out, set));
    return out.toString();
  }

  private String about() {
    String asked =
        switch (config.update().recipe()) {
          case "pairwise-generative" ->
              "is the image better than the reference? It answers yes or no as its next word, and was"
                  + " trained on that word.";
          case "pointwise-generative" ->
              "does the image show what the prompt says? It answers yes or no as its next word, and was"
                  + " trained so that the preferred of two images gets the larger odds.";
          default ->
              "how good is the image? Its score comes from a head of its own and is served as the"
                  + " log-probabilities of yes and no.";
        };
    String reasons =
        config.update().reasons().equals("reasons-first")
            ? "\nIt gives its reason first: its answer is read after the words that it says itself.\n"
            : "";
    return "A judge that was asked: " + asked + "\n" + reasons;
  }

  private String training() {
    JudgeUpdateSettings update = config.update();
    return Text.format(
        "%s, reasons %s, %d optimizer steps of %d pairs, %s, seed %d",
        update.recipe(),
        update.reasons(),
        summary.steps(),
        update.minibatch(),
        update.optimizer().kind(),
        update.seed());
  }

  private String kept() {
    return Text.format(
        "update %d of %d, after %d optimizer steps%s",
        summary.bestStep() + 1,
        summary.updates(),
        kept.optimizerSteps(),
        summary.stoppedEarly() ? "; no better one came, so training ended early" : "");
  }

  /** Numbers that a choice was made by flatter what was chosen. */
  private String chosen() {
    return "The update was chosen by its "
        + (config.keep().measure() == JudgeTrainingConfig.Measure.ACCURACY
            ? "accuracy"
            : "log loss")
        + " on `"
        + config.keep().set()
        + "`, so that set's numbers are a little too good; the others took no part.\n";
  }

  private static void row(StringBuilder out, String what, String text) {
    out.append("| ").append(what).append(" | ").append(text).append(" |\n");
  }

  private static void score(StringBuilder out, String set, String domain, DomainScore score) {
    out.append(
        Text.format(
            "| %s | %s | %.3f [%.3f, %.3f] | %d | %.3f | %.3f |%n",
            set,
            domain.isEmpty() ? "(none)" : domain,
            score.accuracy(),
            score.low(),
            score.high(),
            score.n(),
            score.logLoss(),
            score.ece()));
  }

  private static void reliability(StringBuilder out, JudgeUpdateResult.Validation set) {
    out.append("\n**")
        .append(set.name())
        .append("**\n\n| P says | preferred | pairs |\n|---|---|---|\n");
    List<Bin> bins = Scoring.whole(set).calibration();
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        double share = (double) bin.right() / bin.count();
        out.append(Text.format("| %.3f | %.3f | %d |%n", bin.meanP(), share, bin.count()));
      }
    }
  }
}
