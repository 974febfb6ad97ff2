package io.rewarddance.driver.config;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Experiment files. */
final class ExperimentKind implements FileKind<RunConfig> {
  private static final int GRID = 24;

  @Override
  public String schema() {
    return "experiment.schema.json";
  }

  @Override
  public String ownKey() {
    return "run";
  }

  @Override
  public String what() {
    return "an experiment";
  }

  @Override
  public String keptAs() {
    return "Settings of this run, completely; made from its experiment file. Read again by resume.";
  }

  @Override
  public void complete(ObjectNode root, SchemaDefaults defaults) {
    for (JsonNode item : root.get("judges")) {
      judge((ObjectNode) item, defaults);
    }
    ObjectNode evaluate = (ObjectNode) root.get("evaluate");
    SchemaDefaults.absent(evaluate, "steps", root.at("/rollouts/steps"));
    SchemaDefaults.absent(evaluate, "seed", root.get("seed"));
    if (!evaluate.has("grid")) {
      evaluate.put("grid", Math.min(GRID, evaluate.get("held_out_images").asInt()));
    }
    ObjectNode training = (ObjectNode) root.get("training");
    if (!training.has("kl_estimator")) {
      boolean grpo = training.get("algorithm").asString().equals("grpo");
      training.put("kl_estimator", grpo ? "gaussian" : "velocity");
    }
    ObjectNode refl = (ObjectNode) training.get("refl");
    if (!refl.has("weight")) {
      refl.put("weight", training.get("algorithm").asString().equals("refl") ? 1 : 0);
    }
  }

  private static void judge(ObjectNode judge, SchemaDefaults defaults) {
    SchemaDefaults.absent(judge, "name", judge.get("model"));
    if (judge.get("question").asString().equals("pairwise") && !judge.has("reference")) {
      defaults.fill(judge.putObject("reference"), "judges[0].reference");
    }
  }

  @Override
  public void check(Rules rules, Path root) {
    new Combinations(rules).check();
    new ExperimentFiles(rules, root).check();
    CategoriesPresent categories = new CategoriesPresent(rules, root);
    categories.check("prompts.categories", "prompts.train", "prompts.held_out");
  }

  @Override
  public RunConfig bind(Settings root) {
    return Binder.run(root);
  }

  @Override
  public Path directory(RunConfig config) {
    return config.directory();
  }
}
