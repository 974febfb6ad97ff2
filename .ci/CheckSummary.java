import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks a run's summary.json: every promised field is there, and the run gained what a smoke run must gain. */
final class CheckSummary {
  private static final List<String> FIELDS =
      List.of(
          "run", "iterations", "policy_version", "policy_digest",
          "gold_before.mean", "gold_before.low", "gold_before.high", "gold_before.n",
          "gold_after.mean", "gold_after.low", "gold_after.high", "gold_after.n",
          "p_yes_before", "p_yes_after", "reward_sigma_late",
          "seconds.total", "seconds.generate", "seconds.judge", "seconds.store", "seconds.update",
          "seconds.publish", "seconds.evaluate", "seconds.driver",
          "counts.rollouts", "counts.judged", "counts.judge_failures", "counts.groups_set_aside",
          "counts.updates", "hacking.state", "hacking.findings");

  public static void main(String[] args) throws Exception {
    JsonNode summary = JsonMapper.shared().readTree(Files.readString(Path.of(args[0])));
    List<String> problems = new ArrayList<>();
    for (String field : FIELDS) {
      JsonNode value = summary.at("/" + field.replace('.', '/'));
      if (value.isMissingNode() || value.isNull()) {
        problems.add(field + ": missing");
      }
    }
    if (problems.isEmpty()) {
      double gain = summary.at("/gold_after/mean").asDouble() - summary.at("/gold_before/mean").asDouble();
      double least = Double.parseDouble(args[1]);
      System.out.printf("gold %.3f -> %.3f (gain %.3f, at least %.3f)%n",
          summary.at("/gold_before/mean").asDouble(), summary.at("/gold_after/mean").asDouble(), gain, least);
      if (gain < least) {
        problems.add("gain: " + gain + " (expected: >= " + least + ")");
      }
    }
    problems.forEach(System.err::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }
}
