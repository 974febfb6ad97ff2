package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.RunPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run is about to do, in a dozen lines. */
final class PlanText {
  private final RunPlan plan;
  private final Optional<Duration> timeLimit;

  PlanText(RunPlan plan, Optional<Duration> timeLimit) {
    this.plan = plan;
    this.timeLimit = timeLimit;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Run " + plan.run() + ", seed " + plan.seed() + resumed());
    lines.add("");
    for (RunPlan.Model model : plan.models()) {
      add(lines, model.role(), model(model));
    }
    add(lines, "prompts", prompts());
    add(lines, "iteration", iteration());
    add(lines, "measured", measured());
    add(lines, "served by", plan.serving());
    add(lines, "trained by", plan.training());
    add(lines, "output", shown(plan.directory()));
    lines.add("");
    return lines;
  }

  private String resumed() {
    return plan.resumedAt().isPresent()
        ? ", resumed after " + Text.plural(plan.resumedAt().getAsInt(), "iteration")
        : "";
  }

  private static String model(RunPlan.Model model) {
    String version = model.version().isEmpty() ? "" : ", version " + model.version();
    String digest = model.digest().isEmpty() ? "" : " (" + Text.digest(model.digest()) + ")";
    return model.name() + version + digest + (model.note().isEmpty() ? "" : ", " + model.note());
  }

  private String prompts() {
    String categories =
        plan.categories().isEmpty()
            ? ""
            : "; "
                + plan.categories().size()
                + " categories: "
                + String.join(", ", plan.categories());
    return Text.format(
        "%d to train on, %d held out%s", plan.trainPrompts(), plan.heldOutPrompts(), categories);
  }

  private String iteration() {
    String limit =
        timeLimit.map(time -> ", or until " + Text.clock(time) + " have passed").orElse("");
    return Text.format(
        "%d prompts x %d images, %d %s steps, then one update by %s; %d times%s",
        plan.groups(),
        plan.groupSize(),
        plan.steps(),
        plan.sampler(),
        plan.algorithm(),
        plan.iterations(),
        limit);
  }

  private String measured() {
    return plan.heldOutImages() == 0
        ? "not at all (evaluate.held_out_images is 0)"
        : "on " + Text.plural(plan.heldOutImages(), "held-out image") + " before and after";
  }

  private static void add(List<String> lines, String name, String text) {
    lines.add(Text.format("  %-11s %s", name, text));
  }

  /** The path as somebody would type it here. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute).toString()
        : absolute.toString();
  }
}
