package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.stat.MeanInterval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a run: what came out, where the time went, what was found, where the files are. */
public final class SummaryText {
  private final RunSummary summary;

  public SummaryText(RunSummary summary) {
    this.summary = summary;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(outcome());
    lines.add("");
    lines.addAll(alignment());
    lines.add("Where the time went: " + time());
    lines.addAll(monitor());
    lines.add("");
    lines.addAll(files());
    if (summary.phase() == Phase.STOPPED || summary.phase() == Phase.FAILED) {
      lines.add("");
      lines.add("Go on with: rewarddance resume " + PlanText.shown(summary.directory()));
    }
    return lines;
  }

  private String outcome() {
    String done = summary.iterations() + " of " + Text.plural(summary.planned(), "iteration");
    double total = summary.seconds().getOrDefault(StageNames.TOTAL, 0.0);
    String reason = summary.reason().isEmpty() ? "" : " (" + summary.reason() + ")";
    String verb =
        switch (summary.phase()) {
          case FINISHED -> "Finished";
          case STOPPED -> "Stopped";
          case FAILED -> "Failed";
          case STARTING, RUNNING, PAUSED, STOPPING -> "Not ended";
        };
    return Text.format("%s: %s in %s%s", verb, done, Text.clock(total), reason);
  }

  private List<String> alignment() {
    List<String> lines = new ArrayList<>();
    Optional<MeanInterval> before = summary.goldBefore();
    Optional<MeanInterval> after = summary.goldAfter();
    if (before.isPresent() || after.isPresent()) {
      lines.add("True alignment on held-out prompts (share right, with 95 % interval)");
      before.ifPresent(gold -> lines.add(gold("before", gold)));
      after.ifPresent(gold -> lines.add(gold("after", gold)));
      if (before.isPresent() && after.isPresent()) {
        lines.add("  gain    " + gain(before.get(), after.get()));
      }
    } else if (summary.before().isPresent()) {
      lines.add("True alignment: not measured (no triton.oracle)");
    }
    if (summary.before().isPresent()) {
      lines.add("P(yes) on held-out prompts: " + pYes());
    }
    return lines;
  }

  private static String gold(String when, MeanInterval gold) {
    return Text.format("  %-7s %s   %s", when, Text.interval(gold), Text.plural(gold.n(), "image"));
  }

  private static String gain(MeanInterval before, MeanInterval after) {
    String apart = before.apartFrom(after) ? "intervals apart" : "intervals overlap";
    return Text.signed(after.mean() - before.mean()) + "   " + apart;
  }

  private String pYes() {
    String before = Text.number(summary.before().orElseThrow().meanPYes());
    return summary
        .after()
        .map(Evaluation::meanPYes)
        .map(Text::number)
        .map(after -> before + " → " + after)
        .orElse(before);
  }

  private String time() {
    double total = summary.seconds().getOrDefault(StageNames.TOTAL, 0.0);
    List<String> parts = new ArrayList<>();
    for (String stage : StageNames.SHOWN) {
      double seconds = summary.seconds().getOrDefault(stage, 0.0);
      if (total > 0 && seconds > 0) {
        parts.add(Text.format("%s %.1f s (%.0f %%)", stage, seconds, 100 * seconds / total));
      }
    }
    return parts.isEmpty() ? "nowhere" : String.join(", ", parts);
  }

  private List<String> monitor() {
    if (summary.findings().isEmpty()) {
      return List.of("Reward-hacking monitor: nothing found");
    }
    List<String> lines = new ArrayList<>();
    lines.add("Reward-hacking monitor: " + Text.plural(summary.findings().size(), "finding"));
    for (Finding finding : summary.findings()) {
      lines.add(
          Text.format(
              "  %-4s %s, iterations %d to %d: %s",
              finding.severity(),
              finding.rule(),
              finding.firstIteration() + 1,
              finding.lastIteration() + 1,
              finding.message()));
      lines.add("       " + finding.advice());
    }
    return lines;
  }

  private List<String> files() {
    Path directory = summary.directory();
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("report", directory.resolve("report.html"));
    files.put("summary", directory.resolve("summary.json"));
    files.put("journal", directory.resolve("journal.jsonl"));
    files.put("rollouts", directory.resolve("rollouts"));
    files.put(
        "policy " + summary.policyVersion(),
        directory
            .resolve("policies")
            .resolve(String.valueOf(summary.policyVersion()))
            .resolve("weights.safetensors"));
    List<String> lines = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          if (Files.exists(file)) {
            lines.add(Text.format("  %-10s %s", name, PlanText.shown(file)));
          }
        });
    return lines;
  }
}
