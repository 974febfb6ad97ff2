package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.StageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One finished iteration, as one line for a log or as several for a live block. */
final class IterationText {
  private final IterationRecord record;

  IterationText(IterationRecord record) {
    this.record = record;
  }

  String line(int iterations, String left) {
    List<String> parts = new ArrayList<>();
    parts.add(Text.format("iteration %d/%d", record.iteration() + 1, iterations));
    parts.add("P(yes) " + metric(MetricNames.P_YES));
    parts.add("reward sigma " + metric(MetricNames.REWARD_SIGMA));
    parts.add("|A| " + metric(MetricNames.ADVANTAGE_ABS));
    has(MetricNames.RATIO_DEVIATION).ifPresent(x -> parts.add("|ratio-1| " + Text.number(x)));
    parts.add("grad " + metric(MetricNames.GRADIENT_NORM));
    long failures = failures();
    if (failures > 0) {
      parts.add(Text.plural(failures, "failure"));
    }
    if (record.count(CountNames.GROUPS_SET_ASIDE) > 0) {
      parts.add(Text.plural(record.count(CountNames.GROUPS_SET_ASIDE), "group") + " set aside");
    }
    parts.addAll(leftOut());
    parts.add(Text.format("%.0f images/s", imagesPerSecond()));
    parts.add("left " + left);
    return String.join("  ", parts);
  }

  List<String> block() {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.format(
            "  reward     P(yes) %s   σ %s   σ of window %s   yes+no mass %s",
            metric(MetricNames.P_YES),
            metric(MetricNames.REWARD_SIGMA),
            metric(MetricNames.WINDOW_SIGMA),
            metric(MetricNames.YES_NO_MASS)));
    lines.add(
        Text.format(
                "  advantage  |A| %s   clipped %s   groups set aside %d   failures %d",
                metric(MetricNames.ADVANTAGE_ABS),
                share(MetricNames.ADVANTAGE_CLIPPED),
                record.count(CountNames.GROUPS_SET_ASIDE),
                failures())
            + leftOut().stream().map(judge -> "   " + judge).collect(Collectors.joining()));
    lines.add("  update     " + update());
    lines.add("  speed      " + speed());
    return lines;
  }

  private String update() {
    List<String> parts = new ArrayList<>();
    has(MetricNames.RATIO_DEVIATION).ifPresent(x -> parts.add("|ratio-1| " + Text.number(x)));
    if (has(MetricNames.CLIP_LOW).isPresent()) {
      parts.add("clipped " + share(MetricNames.CLIP_LOW) + " / " + share(MetricNames.CLIP_HIGH));
    }
    has(MetricNames.KL).ifPresent(x -> parts.add("KL " + Text.number(x)));
    has(MetricNames.POLICY_DISTANCE).ifPresent(x -> parts.add("distance " + Text.number(x)));
    has(MetricNames.GRADIENT_NORM).ifPresent(x -> parts.add("gradient " + Text.number(x)));
    has(MetricNames.IMAGE_GRADIENT_NORM)
        .ifPresent(x -> parts.add("judge's gradient " + Text.number(x)));
    has(MetricNames.LOSS).ifPresent(x -> parts.add("loss " + Text.number(x)));
    return parts.isEmpty() ? "none in this iteration" : String.join("   ", parts);
  }

  private String speed() {
    StringBuilder text = new StringBuilder(Text.format("%.0f images/s", imagesPerSecond()));
    for (String stage :
        List.of(StageNames.GENERATE, StageNames.JUDGE, StageNames.UPDATE, StageNames.PUBLISH)) {
      text.append(Text.format("   %s %.1f s", stage, record.seconds(stage)));
    }
    return text.toString();
  }

  private double imagesPerSecond() {
    double seconds = record.seconds(StageNames.TOTAL);
    return seconds > 0 ? record.count(CountNames.ROLLOUTS) / seconds : 0;
  }

  private long failures() {
    return record.count(CountNames.JUDGE_FAILURES) + record.count(CountNames.GENERATOR_FAILURES);
  }

  /** {@code 12 images without judge style}, for each judge that was left out. */
  private List<String> leftOut() {
    String prefix = CountNames.LEFT_OUT_JUDGE;
    return record.counts().entrySet().stream()
        .filter(count -> count.getKey().startsWith(prefix))
        .map(
            count ->
                Text.plural(count.getValue(), "image")
                    + " without judge "
                    + count.getKey().substring(prefix.length()))
        .toList();
  }

  private Optional<Double> has(String name) {
    return Optional.ofNullable(record.metrics().get(name));
  }

  private String metric(String name) {
    return Text.number(has(name));
  }

  private String share(String name) {
    return has(name).map(Text::percent).orElse("-");
  }
}
