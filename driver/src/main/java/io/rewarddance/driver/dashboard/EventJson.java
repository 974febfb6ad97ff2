package io.rewarddance.driver.dashboard;

import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunControl;
import io.rewarddance.driver.loop.RunPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The values that the page shows, as JSON objects. */
final class EventJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private EventJson() {}

  static String plan(RunPlan plan) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("run", plan.run());
    event.put("seed", plan.seed());
    event.put("iterations", plan.iterations());
    event.put("groups", plan.groups());
    event.put("group_size", plan.groupSize());
    event.put("algorithm", plan.algorithm());
    return JSON.writeValueAsString(event);
  }

  static String iteration(IterationRecord record) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("iteration", record.iteration());
    event.put("policy_version", record.policyVersion());
    event.put("metrics", record.metrics());
    event.put("counts", record.counts());
    event.put("seconds", record.seconds());
    event.put("findings", record.findings());
    return JSON.writeValueAsString(event);
  }

  static String evaluation(Evaluation evaluation) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("when", evaluation.when().name());
    event.put("iterations", evaluation.iterations());
    event.put("images", evaluation.images());
    evaluation.goldStrict().ifPresent(gold -> event.put("gold_strict", gold));
    evaluation.meanPYes().ifPresent(pYes -> event.put("p_yes", pYes));
    return JSON.writeValueAsString(event);
  }

  static String state(RunFeed feed, RunControl control) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("phase", control.phase().name());
    event.put("reason", control.reason());
    event.put("done", feed.iterations());
    feed.latestProgress()
        .ifPresent(
            progress -> {
              event.put("stage", progress.stage().label());
              event.put("stage_done", progress.done());
              event.put("stage_total", progress.total());
            });
    return JSON.writeValueAsString(event);
  }
}
