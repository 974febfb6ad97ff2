package io.rewarddance.driver.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What must hold between the settings of a preferences file, and on disk. */
final class PreferencesRules {
  private final Rules rules;
  private final FilesPresent files;
  private final CategoriesPresent categories;

  PreferencesRules(Rules rules, Path root) {
    this.rules = rules;
    this.files = new FilesPresent(rules, root);
    this.categories = new CategoriesPresent(rules, root);
  }

  void check() {
    boolean embedded = Endpoints.embedded(rules);
    new Security(rules).triton();
    files.security("triton");
    if (!rules.has("triton.oracle")) {
      rules.problem("triton.oracle", "a model: it is what annotators see with");
    }
    if (embedded && files.repository()) {
      models();
    }
    also(embedded);
    publish(embedded);
    for (String list : List.of("sources", "annotators", "sets")) {
      rules.distinct(list, "name");
    }
    each("sources", this::source);
    each("sets", this::set);
  }

  private void models() {
    model("triton.oracle");
    each("sources", source -> model(source + "model"));
    model("style.model");
    if (any("sets", "reasons")) {
      model("reasons.model");
    }
  }

  private void model(String key) {
    for (JsonNode also : rules.value("also")) {
      if (Path.of(also.asString()).endsWith(rules.value(key).asString(""))) {
        return;
      }
    }
    files.model(key);
  }

  /** Models beside the repository's are the embedded server's alone. */
  private void also(boolean embedded) {
    for (int i = 0; i < rules.value("also").size(); i++) {
      String key = "also[" + i + "]";
      if (!embedded) {
        rules.clash(key, "none", "triton.endpoints");
      } else if (!Files.isRegularFile(files.path(key).resolve("config.pbtxt"))) {
        rules.problem(key, "a model directory; there is no " + files.path(key) + "/config.pbtxt");
      }
    }
  }

  private void publish(boolean embedded) {
    if (embedded && rules.has("publish.directory")) {
      rules.clash("publish.directory", "none", "triton.endpoints");
    }
    files.directory("publish.directory");
    each(
        "sources",
        source -> {
          files.file(source + "weights");
          if (!embedded && rules.has(source + "weights") && !rules.has("publish.directory")) {
            rules.clash("publish.directory", "the repository of the servers", source + "weights");
          }
        });
  }

  private void source(String source) {
    long length = rules.whole(source + "sde_steps");
    if (rules.is(source + "sampler", "ode")) {
      if (length > 0) {
        rules.clash(source + "sde_steps", "0", source + "sampler");
      }
      return;
    }
    if (rules.value(source + "noise_level").asDouble() <= 0) {
      rules.clash(source + "noise_level", "> 0", source + "sampler");
    }
    long most = rules.whole(source + "steps") - 1;
    if (length == 0) {
      rules.clash(source + "sde_steps", ">= 1", source + "sampler");
    } else if (rules.whole(source + "sde_start") + length > most) {
      String limit = "start + sde_steps <= steps - 1 = " + most + ", the last step has no noise,";
      rules.clash(source + "sde_start", limit, source + "sde_steps");
    }
  }

  private void set(String set) {
    files.file(set + "prompts");
    categories.check(set + "categories", set + "prompts");
    known(set + "sources", "sources");
    known(set + "annotators", "annotators");
    long size = rules.whole(set + "group_size");
    long all = size * (size - 1) / 2;
    if (rules.has(set + "pairs") && rules.whole(set + "pairs") > all) {
      rules.clash(set + "pairs", "<= " + all + ", all of a group's pairs,", set + "group_size");
    }
    JsonNode annotators = rules.value(set + "annotators");
    boolean everyone = rules.is(set + "annotators[0]", "all");
    int count = everyone ? rules.value("annotators").size() : annotators.size();
    if (rules.whole(set + "answers") > count) {
      rules.clash(set + "answers", "<= " + count + " annotators", set + "annotators");
    }
    if (rules.value(set + "mismatched").asDouble() > 0 && rules.whole(set + "groups") < 2) {
      rules.clash(set + "mismatched", "0", set + "groups");
    }
    if (rules.has(set + "reference")) {
      reference(set);
    }
  }

  private void reference(String set) {
    String reference = set + "reference.";
    if (rules.has(reference + "source")
        && !names("sources").contains(rules.value(reference + "source").asString())) {
      rules.problem(reference + "source", "a source: " + String.join(", ", names("sources")));
    }
    if (rules.value(reference + "style").asDouble() <= 0) {
      rules.problem(reference + "style", "> 0: a reference that nobody looks at tells nothing");
    } else if (!rules.has("style")) {
      rules.clash("style", "a model", reference + "style");
    }
  }

  private void known(String key, String list) {
    List<String> names = names(list);
    JsonNode wanted = rules.value(key);
    if (wanted.size() == 1 && rules.is(key + "[0]", "all")) {
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!names.contains(wanted.path(i).asString())) {
        rules.problem(
            key + "[" + i + "]", "all alone, or of " + list + ": " + String.join(", ", names));
      }
    }
  }

  private List<String> names(String list) {
    List<String> names = new ArrayList<>();
    rules.value(list).forEach(item -> names.add(item.path("name").asString("")));
    return names;
  }

  private boolean any(String list, String flag) {
    for (JsonNode item : rules.value(list)) {
      if (item.path(flag).asBoolean()) {
        return true;
      }
    }
    return false;
  }

  private interface Item {
    /**
     * @param path such as {@code sets[0].}
     */
    void check(String path);
  }

  private void each(String list, Item check) {
    int count = rules.value(list).size();
    for (int i = 0; i < count; i++) {
      check.check(list + "[" + i + "].");
    }
  }
}
