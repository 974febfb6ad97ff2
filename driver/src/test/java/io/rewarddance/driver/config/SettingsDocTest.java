package io.rewarddance.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The tables of keys in the documentation are the schemas'. After a change of a schema, run this
 * test with {@code -Drewarddance.docs.write=true} to write them again.
 */
final class SettingsDocTest {
  private static final Path DOCS = Path.of(System.getProperty("rewarddance.root"), "docs");
  private static final String END = "<!-- end of keys -->\n";

  private SettingsSchema schema;

  @ParameterizedTest
  @CsvSource({
    "experiment.schema.json, experiment-file.md",
    "preferences.schema.json, judges.md",
    "judge.schema.json, judges.md"
  })
  void thePageHasEveryKeyWithItsDefault(String resource, String name) throws IOException {
    schema = new SettingsSchema(resource);
    Path file = DOCS.resolve(name);
    String page = Files.readString(file);
    String mark = "<!-- keys of " + resource + ": written by SettingsDocTest -->\n";
    int begin = page.indexOf(mark) + mark.length();
    int end = page.indexOf(END, begin);
    assertThat(page).contains(mark);
    String expected = tables();
    if (Boolean.getBoolean("rewarddance.docs.write")) {
      Files.writeString(file, page.substring(0, begin) + expected + page.substring(end));
    } else {
      assertThat(page.substring(begin, end)).isEqualTo(expected);
    }
    assertThat(undescribed(schema.tree(), "")).isEmpty();
  }

  private String tables() {
    StringBuilder out = new StringBuilder();
    table(out, "Top level", schema.tree(), "");
    return out.toString();
  }

  private void table(StringBuilder out, String title, JsonNode node, String path) {
    out.append("\n### ").append(title).append("\n\n");
    if (!path.isEmpty()) {
      out.append(node.get("description").asString()).append("\n\n");
    }
    out.append("| key | default | value | meaning |\n|---|---|---|---|\n");
    if (!node.has("properties")) {
      JsonNode free = node.get("additionalProperties");
      out.append(
          "| any name | none | %s | %s |%n"
              .formatted(Explain.expected(free), free.get("description").asString()));
      return;
    }
    for (Map.Entry<String, JsonNode> property : node.get("properties").properties()) {
      if (!property.getValue().path("type").asString("").equals("object")
          && !objects(property.getValue())) {
        row(out, node, property);
      }
    }
    for (Map.Entry<String, JsonNode> property : node.get("properties").properties()) {
      String child = Paths.child(path, property.getKey());
      if (property.getValue().path("type").asString("").equals("object")) {
        table(out, "`" + child + "`", property.getValue(), child);
      } else if (objects(property.getValue())) {
        table(out, "`" + child + "[]`", property.getValue().get("items"), child + "[]");
      }
    }
  }

  private void row(StringBuilder out, JsonNode parent, Map.Entry<String, JsonNode> property) {
    Set<String> required = new HashSet<>();
    parent.path("required").forEach(name -> required.add(name.asString()));
    JsonNode node = property.getValue();
    String otherwise = required.contains(property.getKey()) ? "**required**" : "none";
    String value = node.has("default") ? "`" + node.get("default") + "`" : otherwise;
    String type = Explain.expected(node.has("items") ? node : schema.resolve(node));
    out.append(
        "| `%s` | %s | %s | %s |%n"
            .formatted(
                property.getKey(),
                value,
                escape(type),
                escape(node.get("description").asString())));
  }

  private static boolean objects(JsonNode node) {
    return node.path("items").path("type").asString("").equals("object");
  }

  private static String escape(String text) {
    return text.replace("|", "\\|");
  }

  private Set<String> undescribed(JsonNode node, String path) {
    Set<String> found = new HashSet<>();
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      String child = Paths.child(path, property.getKey());
      if (!property.getValue().has("description")) {
        found.add(child);
      }
      found.addAll(undescribed(property.getValue(), child));
      found.addAll(undescribed(property.getValue().path("items"), child + "[]"));
    }
    return found;
  }
}
