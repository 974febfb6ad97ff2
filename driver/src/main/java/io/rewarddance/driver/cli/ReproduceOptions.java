package io.rewarddance.driver.cli;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.work.Chosen;
import io.rewarddance.driver.paper.work.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What to reproduce, how thoroughly, and where. */
final class ReproduceOptions {
  private static final Pattern BUDGET = Pattern.compile("([0-9]{1,4})([smh])");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      defaultValue = "30m",
      description = {
        "Wall time of all sittings together, such as 5m, 30m or 3h (default: ${DEFAULT-VALUE}). A larger one goes on",
        "where a smaller one ended."
      })
  private String budget;

  @Option(
      names = "--profile",
      paramLabel = "smoke|short|full",
      description = "Sizes of cells (default: the largest that the budget is enough for).")
  private Optional<Profile> profile = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N,...",
      split = ",",
      description = "One for each round (default: 7,11,23). Three are needed for a verdict.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything goes (default: runs/paper of the project).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--dry-run", description = "Only says what would be done and how long it takes.")
  boolean dryRun;

  @Option(names = "--plain", description = "Lines only, no live display.")
  boolean plain;

  Duration budget() throws Complaint {
    Matcher matcher = BUDGET.matcher(budget);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw Complaint.usage("--budget: " + budget + " (expected: such as 90s, 30m or 3h)");
    }
    int count = Integer.parseInt(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  Path out(Path root) {
    return out.orElse(root.resolve("runs/paper")).toAbsolutePath().normalize();
  }

  /** What an earlier sitting in the same directory was begun with stays. */
  Chosen chosen(Layout layout) throws Complaint, IOException {
    List<Long> distinct = seeds.stream().distinct().toList();
    if (distinct.size() != seeds.size() || seeds.stream().anyMatch(seed -> seed < 0)) {
      throw Complaint.usage("--seeds: " + seeds + " (expected: different numbers from 0 on)");
    }
    Optional<Chosen> earlier = Chosen.read(layout);
    if (earlier.isPresent()) {
      check("--profile", profile.map(Profile::label), earlier.get().profile().label(), layout);
      Optional<String> asked = Optional.of(seeds.toString()).filter(text -> !seeds.isEmpty());
      check("--seeds", asked, earlier.get().seeds().toString(), layout);
      return earlier.get();
    }
    return new Chosen(
        profile.orElse(Profile.of(budget())), seeds.isEmpty() ? List.of(7L, 11L, 23L) : seeds);
  }

  private static void check(String option, Optional<String> asked, String kept, Layout layout)
      throws Complaint {
    if (asked.isPresent() && !asked.get().equals(kept)) {
      throw Complaint.usage(
          Text.format(
              "%s: %s (expected: %s, which %s was begun with, or another --out)",
              option, asked.get(), kept, layout.out()));
    }
  }
}
