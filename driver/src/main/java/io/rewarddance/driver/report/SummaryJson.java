package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code summary.json}: every key is always there; what was not measured is {@code null}. The keys
 * are described in {@code docs/operations.md}.
 */
final class SummaryJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final List<String> COUNTS =
      List.of(
          CountNames.ROLLOUTS,
          CountNames.JUDGED,
          CountNames.JUDGE_FAILURES,
          CountNames.GENERATOR_FAILURES,
          CountNames.GROUPS_SET_ASIDE,
          CountNames.TRAINED,
          CountNames.UPDATES);

  private SummaryJson() {}

  static String of(RunSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", summary.run());
    json.put("state", lower(summary.phase()));
    json.put("reason", summary.reason());
    json.put("iterations", summary.iterations());
    json.put("iterations_planned", summary.planned());
    json.put("policy_version", summary.policyVersion());
    json.put("policy_digest", summary.policyDigest());
    json.put("gold_before", interval(summary.goldBefore()));
    json.put("gold_after", interval(summary.goldAfter()));
    json.put("gold_graded_before", interval(summary.before().flatMap(Evaluation::goldGraded)));
    json.put("gold_graded_after", interval(summary.after().flatMap(Evaluation::goldGraded)));
    json.put("p_yes_before", pYes(summary.before()));
    json.put("p_yes_after", pYes(summary.after()));
    json.put("reward_sigma_late", number(summary.rewardSigmaLate()));
    json.put("ratio_deviation_first", number(summary.firstRatioDeviation()));
    json.put("categories_before", categories(summary.before()));
    json.put("categories_after", categories(summary.after()));
    json.put("drawing_before", drawing(summary.before()));
    json.put("drawing_after", drawing(summary.after()));
    json.put("seconds", seconds(summary));
    json.put("counts", counts(summary));
    json.put("hacking", hacking(summary));
    return JSON.writeValueAsString(json) + "\n";
  }

  private static Object interval(Optional<MeanInterval> interval) {
    return interval.map(SummaryJson::interval).orElse(null);
  }

  private static Map<String, Object> interval(MeanInterval interval) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", interval.mean());
    json.put("low", interval.low());
    json.put("high", interval.high());
    json.put("n", interval.n());
    return json;
  }

  private static Object number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Object pYes(Optional<Evaluation> evaluation) {
    return evaluation.map(Evaluation::meanPYes).map(SummaryJson::number).orElse(null);
  }

  private static Object categories(Optional<Evaluation> evaluation) {
    Map<String, Object> json = new TreeMap<>();
    evaluation.ifPresent(e -> e.categories().forEach((name, c) -> json.put(name, category(c))));
    return json;
  }

  private static Map<String, Object> category(Evaluation.Category category) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gold", interval(category.goldStrict()));
    json.put("p_yes", interval(category.pYes()));
    return json;
  }

  private static Object drawing(Optional<Evaluation> evaluation) {
    Map<String, Object> json = new TreeMap<>();
    evaluation.ifPresent(e -> e.drawing().forEach((name, i) -> json.put(name, interval(i))));
    return json;
  }

  private static Map<String, Double> seconds(RunSummary summary) {
    Map<String, Double> json = new LinkedHashMap<>();
    json.put(StageNames.TOTAL, 0.0);
    StageNames.SHOWN.forEach(stage -> json.put(stage, 0.0));
    json.putAll(summary.seconds());
    return json;
  }

  private static Map<String, Long> counts(RunSummary summary) {
    Map<String, Long> json = new LinkedHashMap<>();
    COUNTS.forEach(name -> json.put(name, 0L));
    json.putAll(summary.counts());
    return json;
  }

  private static Map<String, Object> hacking(RunSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", summary.hackingState());
    json.put("findings", summary.findings().stream().map(SummaryJson::finding).toList());
    return json;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", finding.rule());
    json.put("severity", lower(finding.severity()));
    json.put("message", finding.message());
    json.put("advice", finding.advice());
    json.put("first_iteration", finding.firstIteration());
    json.put("last_iteration", finding.lastIteration());
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
