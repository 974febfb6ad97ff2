package io.rewarddance.driver.config;

import io.rewarddance.metrics.hacking.Drift;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Sampler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the record tree of a checked and completed tree of settings. */
final class Binder {
  private Binder() {}

  static RunConfig run(Settings root) {
    return new RunConfig(
        root.text("run"),
        root.longInteger("seed"),
        root.path("output"),
        root.integer("threads"),
        Parts.triton(root.part("triton"), ""),
        root.parts("judges").stream().map(Binder::judge).toList(),
        prompts(root.part("prompts")),
        rollouts(root.part("rollouts")),
        advantage(root.part("advantage")),
        training(root.part("training")),
        publish(root.part("publish")),
        evaluate(root.part("evaluate")),
        policies(root.part("policies"), root.parts("judges")),
        monitor(root.part("monitor")),
        root.optionalDuration("time_limit"));
  }

  private static JudgeConfig judge(Settings part) {
    return new JudgeConfig(
        part.text("model"),
        part.text("name"),
        part.number("weight"),
        part.constant("question", JudgeConfig.Question.class),
        part.text("instruction"),
        part.flag("both_orders"),
        part.number("mass_floor"),
        part.optionalPart("reference").map(Binder::reference),
        part.constant("transform", JudgeConfig.Transform.class));
  }

  private static JudgeConfig.Reference reference(Settings part) {
    return new JudgeConfig.Reference(
        part.constant("kind", JudgeConfig.Reference.Kind.class),
        part.integer("candidates"),
        part.integer("keep"),
        part.optionalInteger("rounds"),
        part.constant("refresh", JudgeConfig.Reference.Refresh.class));
  }

  private static PromptConfig prompts(Settings part) {
    List<String> categories = part.texts("categories");
    return new PromptConfig(
        part.path("train"),
        part.path("held_out"),
        categories.equals(List.of("all")) ? List.of() : categories);
  }

  private static RolloutConfig rollouts(Settings part) {
    return new RolloutConfig(
        part.integer("iterations"),
        part.integer("groups"),
        part.integer("group_size"),
        part.integer("steps"),
        part.optionalInteger("steps_max"),
        Sampler.of(part.text("sampler")),
        part.integer("sde_start"),
        part.integer("sde_steps"),
        part.optionalInteger("sde_start_max"),
        part.number("noise_level"),
        part.number("guidance"));
  }

  private static AdvantageConfig advantage(Settings part) {
    return new AdvantageConfig(
        part.constant("scale", AdvantageConfig.Scale.class),
        part.constant("std", AdvantageConfig.Std.class),
        part.number("epsilon"),
        part.number("floor"),
        part.integer("noise_repeats"),
        part.number("clip"),
        part.constant("mixing", AdvantageConfig.Mixing.class),
        part.integer("min_judged"));
  }

  private static TrainingConfig training(Settings part) {
    return new TrainingConfig(
        Parts.backend(part.text("endpoint")),
        Parts.tlsFiles(part.part("tls")),
        part.optionalPath("token_file"),
        Algorithm.of(part.text("algorithm")),
        part.integer("minibatch"),
        part.integer("passes"),
        part.number("clip_low"),
        part.number("clip_high"),
        part.number("kl_weight"),
        part.text("kl_estimator"),
        part.number("nft_beta"),
        part.number("nft_reward_scale"),
        part.number("nft_hold_below"),
        part.number("nft_hold_weight"),
        part.textOrNumber("old_policy"),
        part.number("average"),
        refl(part.part("refl")),
        Parts.optimizer(part.part("optimizer")),
        Parts.schedule(part.part("schedule")),
        part.duration("deadline"),
        part.integer("retries"));
  }

  private static UpdateSettings.Refl refl(Settings part) {
    return new UpdateSettings.Refl(
        part.number("weight"), part.text("gradient"), part.number("gradient_norm"));
  }

  private static PublishConfig publish(Settings part) {
    return new PublishConfig(
        part.constant("method", PublishConfig.Method.class),
        part.optionalPath("directory"),
        part.integer("keep"),
        part.flag("canary"));
  }

  private static EvaluateConfig evaluate(Settings part) {
    return new EvaluateConfig(
        part.integer("held_out_images"),
        part.integer("every"),
        part.integer("probe_images"),
        part.integer("steps"),
        part.longInteger("seed"),
        part.integer("grid"));
  }

  private static FailurePolicies policies(Settings part, List<Settings> judges) {
    Map<String, FailurePolicies.Action> ofJudges = new TreeMap<>();
    for (Settings judge : judges) {
      judge
          .optionalConstant("on_failure", FailurePolicies.Action.class)
          .ifPresent(action -> ofJudges.put(judge.text("name"), action));
    }
    return new FailurePolicies(
        part.constant("on_judge_failure", FailurePolicies.Action.class),
        ofJudges,
        part.constant("on_generator_failure", FailurePolicies.Action.class),
        part.constant("on_backend_failure", FailurePolicies.Action.class),
        part.constant("on_store_failure", FailurePolicies.Action.class),
        part.constant("on_publish_failure", FailurePolicies.Action.class),
        part.integer("retries"),
        part.number("max_failed_share"));
  }

  private static MonitorConfig monitor(Settings part) {
    return new MonitorConfig(
        part.integer("window"),
        part.constant("on_stop_finding", MonitorConfig.OnStopFinding.class),
        part.constants("drawing", Drift.class));
  }
}
