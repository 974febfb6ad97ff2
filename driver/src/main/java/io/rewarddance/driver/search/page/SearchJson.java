package io.rewarddance.driver.search.page;

import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.driver.search.Stage;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code search.json}: what lacks is null. The keys are described in {@code docs/search.md}. */
public final class SearchJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SearchJson() {}

  public static String of(SearchRecord search) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("generator", search.generator());
    json.put("policy_version", search.policy().map(PolicyRef::version).orElse(null));
    json.put("policy_digest", search.policy().map(PolicyRef::digest).orElse(null));
    json.put("judge", search.judge());
    json.put("oracle", search.oracle().orElse(null));
    json.put("seed", search.seed());
    json.put("on_failure", search.onFailure().toString());
    json.put("left_out", search.comparison().leftOut());
    List<Map<String, Object>> methods = new ArrayList<>();
    List<Comparison.Row> rows = search.comparison().rows();
    for (int i = 0; i < rows.size(); i++) {
      methods.add(method(rows.get(i), search.comparison().results().get(i).trees()));
    }
    json.put("methods", methods);
    return JSON.writeValueAsString(json) + "\n";
  }

  private static Map<String, Object> method(Comparison.Row row, List<SearchTree> trees) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", row.method().name());
    json.put("plan", plan(row.method().plan()));
    json.put("evaluations", row.evaluations());
    json.put("questions", row.questions());
    json.put("failures", row.failures());
    json.put("p_yes", interval(row.pYes()));
    json.put("gold_strict", interval(row.goldStrict()));
    json.put("gold_graded", interval(row.goldGraded()));
    json.put("search_minus_this", interval(row.gain()));
    json.put("searches", trees.stream().map(SearchJson::tree).toList());
    return json;
  }

  private static Map<String, Object> plan(SearchPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("steps", plan.steps());
    json.put("starts", plan.starts());
    json.put("stages", plan.stages().stream().map(SearchJson::stage).toList());
    json.put("most_evaluations", plan.evaluations());
    json.put("most_questions", plan.questions());
    return json;
  }

  private static Map<String, Object> stage(Stage stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("level", stage.level());
    json.put("keep", stage.keep());
    json.put("branch", stage.branch());
    json.put("back", stage.back());
    return json;
  }

  private static Object interval(Optional<MeanInterval> mean) {
    return mean.map(
            m -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("mean", m.mean());
              json.put("low", m.low());
              json.put("high", m.high());
              json.put("n", m.n());
              return json;
            })
        .orElse(null);
  }

  private static Map<String, Object> tree(SearchTree tree) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", tree.task().index());
    json.put("prompt", tree.task().prompt().text());
    json.put("category", tree.task().prompt().category());
    json.put("evaluations", tree.evaluations());
    json.put("questions", tree.questions());
    json.put("chosen", tree.chosen().map(Node::id).orElse(null));
    json.put("failure", tree.failure().orElse(null));
    json.put("nodes", tree.nodes().stream().map(SearchJson::node).toList());
    return json;
  }

  private static Map<String, Object> node(Node node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", node.id());
    json.put("parent", node.parent().isPresent() ? node.parent().getAsInt() : null);
    json.put("round", node.round());
    json.put("from", node.leg().from());
    json.put("begin", node.leg().begin());
    json.put("stop", node.leg().stop());
    json.put("sigma", node.sigma().orElse(null));
    json.put("seed", node.seed());
    json.put("fate", node.fate().name().toLowerCase(Locale.ROOT));
    json.put("p_yes", node.pYes().orElse(null));
    json.put("mass", node.answer().value().map(YesProbability::mass).orElse(null));
    json.put("failure", node.answer().failure().map(Failure::toString).orElse(null));
    json.put("gold_strict", node.gold().map(g -> g.strict()).orElse(null));
    json.put("gold_graded", node.gold().map(g -> g.graded()).orElse(null));
    return json;
  }
}
