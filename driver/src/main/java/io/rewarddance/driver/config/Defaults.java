package io.rewarddance.driver.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what was not written: first from the schema, then what follows from other settings. */
final class Defaults {
  private static final int GRID = 24;

  private final ExperimentSchema schema;

  Defaults(ExperimentSchema schema) {
    this.schema = schema;
  }

  void fill(ObjectNode root) {
    fromSchema(root, schema.tree());
    dependent(root);
  }

  private void fromSchema(JsonNode node, JsonNode described) {
    if (node instanceof ArrayNode array) {
      array.forEach(item -> fromSchema(item, schema.resolve(described.path("items"))));
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : described.path("properties").properties()) {
        JsonNode value = property.getValue();
        if (!object.has(property.getKey()) && value.has("default")) {
          object.set(property.getKey(), value.get("default").deepCopy());
        }
        fromSchema(object.path(property.getKey()), schema.resolve(value));
      }
    }
  }

  private void dependent(ObjectNode root) {
    for (JsonNode item : root.get("judges")) {
      judge((ObjectNode) item);
    }
    ObjectNode evaluate = (ObjectNode) root.get("evaluate");
    absent(evaluate, "steps", root.at("/rollouts/steps"));
    absent(evaluate, "seed", root.get("seed"));
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

  private void judge(ObjectNode judge) {
    absent(judge, "name", judge.get("model"));
    if (judge.get("question").asString().equals("pairwise") && !judge.has("reference")) {
      fromSchema(judge.putObject("reference"), schema.at("judges[0].reference"));
    }
  }

  private static void absent(ObjectNode object, String key, JsonNode value) {
    if (!object.has(key)) {
      object.set(key, value);
    }
  }
}
