package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Makes the plan that is shown and journalled at the start. */
final class StartPlan {
  private StartPlan() {}

  static RunPlan of(
      RunConfig config, Stack stack, PolicyRef policy, List<Prompt> train, List<Prompt> heldOut) {
    return new RunPlan(
        config.run(),
        config.directory(),
        config.seed(),
        config.rollouts().iterations(),
        config.rollouts().groups(),
        config.rollouts().groupSize(),
        config.rollouts().steps(),
        config.rollouts().sampler().wireName(),
        config.training().algorithm().wireName(),
        config.triton().embedded()
            ? "in this JVM, " + config.effectiveThreads() + " threads"
            : String.join(", ", config.triton().endpoints()),
        config.training().endpoint().map(Object::toString).orElse("in this JVM"),
        models(config, stack, policy),
        train.size(),
        heldOut.size(),
        train.stream().map(Prompt::category).distinct().sorted().toList(),
        config.evaluate().heldOutImages(),
        OptionalInt.empty());
  }

  private static List<RunPlan.Model> models(RunConfig config, Stack stack, PolicyRef policy) {
    List<RunPlan.Model> models = new ArrayList<>();
    models.add(
        new RunPlan.Model(
            "generator",
            config.triton().generator(),
            Long.toString(policy.version()),
            policy.digest(),
            ""));
    for (JudgeConfig judge : config.judges()) {
      models.add(model("judge", judge.model(), note(judge), stack));
    }
    config.triton().oracle().ifPresent(name -> models.add(model("oracle", name, "", stack)));
    return models;
  }

  private static RunPlan.Model model(String role, String name, String note, Stack stack) {
    return new RunPlan.Model(
        role, name, stack.liveVersion(name), stack.locals().weightsDigest(name), note);
  }

  private static String note(JudgeConfig judge) {
    return String.format(
        Locale.ROOT,
        "%s, %s, weight %s",
        judge.name(),
        judge.question().name().toLowerCase(Locale.ROOT),
        judge.weight());
  }
}
