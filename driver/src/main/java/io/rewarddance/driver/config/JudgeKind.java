package io.rewarddance.driver.config;

import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.proto.training.UpdateSettings;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Files that say how a judge is trained. */
final class JudgeKind implements FileKind<JudgeTrainingConfig> {
  @Override
  public String schema() {
    return "judge.schema.json";
  }

  @Override
  public String ownKey() {
    return "judge";
  }

  @Override
  public String what() {
    return "a judge";
  }

  @Override
  public String keptAs() {
    return "Settings of this judge's training, completely; made from its file.";
  }

  @Override
  public void complete(ObjectNode root, SchemaDefaults defaults) {
    ObjectNode keep = (ObjectNode) root.get("keep");
    SchemaDefaults.absent(keep, "set", root.at("/validation/0/name"));
    SchemaDefaults.absent((ObjectNode) root.get("publish"), "model", root.get("judge"));
  }

  @Override
  public void check(Rules rules, Path root) {
    new JudgeRules(rules, root).check();
  }

  @Override
  public JudgeTrainingConfig bind(Settings root) {
    Settings training = root.part("training");
    Settings keep = root.part("keep");
    Settings publish = root.part("publish");
    Settings prove = root.part("prove");
    return new JudgeTrainingConfig(
        root.text("judge"),
        root.longInteger("seed"),
        root.path("output"),
        root.integer("threads"),
        root.path("base"),
        root.path("preferences"),
        root.parts("validation").stream()
            .map(set -> new JudgeTrainingConfig.Validation(set.text("name"), set.path("file")))
            .toList(),
        root.integer("updates"),
        new BackendConfig(
            Parts.backend(training.text("endpoint")),
            Parts.tlsFiles(training.part("tls")),
            training.optionalPath("token_file"),
            training.duration("deadline"),
            training.integer("retries")),
        update(root),
        new JudgeTrainingConfig.Keep(
            keep.text("set"),
            keep.constant("measure", JudgeTrainingConfig.Measure.class),
            keep.integer("patience")),
        new JudgeTrainingConfig.Publish(
            publish.path("repository"), publish.text("model"), publish.flag("replace")),
        new JudgeTrainingConfig.Prove(prove.integer("pairs"), prove.number("tolerance")),
        Parts.triton(root.part("triton"), publish.text("model")));
  }

  @Override
  public Path directory(JudgeTrainingConfig config) {
    return config.directory();
  }

  private static JudgeUpdateSettings update(Settings root) {
    Settings training = root.part("training");
    int steps = root.integer("steps");
    TrainingConfig.Rate rate = Parts.schedule(training.part("schedule"));
    int all = Math.multiplyExact(steps, root.integer("updates"));
    return new JudgeUpdateSettings(
        root.text("recipe"),
        root.text("reasons"),
        root.longInteger("seed"),
        steps,
        training.integer("minibatch"),
        training.flag("order_swap"),
        training.text("bradley_terry_on"),
        training.number("cross_entropy_weight"),
        training.number("reason_weight"),
        training.number("pixel_noise"),
        training.number("average"),
        Parts.optimizer(training.part("optimizer")),
        new UpdateSettings.Schedule(rate.kind(), all, rate.warmup(), rate.hold(), rate.last()));
  }
}
