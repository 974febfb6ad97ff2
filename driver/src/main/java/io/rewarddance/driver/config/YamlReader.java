package io.rewarddance.driver.config;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns YAML 1.2 text into a {@link Document}; syntax errors and duplicate keys are problems. */
final class YamlReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final CoreSchema schema = new CoreSchema();
  private final String source;
  private final String what;
  private final List<Problem> problems;

  /**
   * @param source where the text comes from, for messages
   * @param what it should hold, for messages: {@code an experiment}
   */
  YamlReader(String source, String what, List<Problem> problems) {
    this.source = source;
    this.what = what;
    this.problems = problems;
  }

  /** The document, or empty when the text isn't a YAML mapping at all. */
  Optional<Document> document(String text) {
    Optional<Node> node = compose(text);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof MappingNode mapping)) {
      problems.add(
          new Problem(
              origin(node.get()), "", describe(node.get()) + " (expected: keys and values)"));
      return Optional.empty();
    }
    Document document = new Document(JSON.objectNode(), origin(mapping));
    fill(document.root(), mapping, "", document);
    return Optional.of(document);
  }

  /** A single value, as {@code --set} has it: {@code 3}, {@code [a, b]}, {@code text}. */
  Optional<JsonNode> value(String text) {
    if (text.isEmpty()) {
      return Optional.of(JSON.stringNode(""));
    }
    return compose(text)
        .map(node -> convert(node, "", new Document(JSON.objectNode(), origin(node))));
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(schema)
            .setMaxAliasesForCollections(50)
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeString(text);
      if (node.isEmpty()) {
        problems.add(new Problem(new Origin(source, 1, 1), "", "empty (expected: " + what + ")"));
      }
      return node;
    } catch (MarkedYamlEngineException e) {
      Origin at = e.getProblemMark().map(this::origin).orElse(new Origin(source, 1, 1));
      problems.add(new Problem(at, "", "not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Problem(new Origin(source, 1, 1), "", "not YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  private JsonNode convert(Node node, String path, Document document) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      fill(object, mapping, path, document);
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (Node item : sequence.getValue()) {
        String itemPath = Paths.child(path, array.size());
        document.mark(itemPath, origin(item), origin(item));
        array.add(convert(item, itemPath, document));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private void fill(ObjectNode object, MappingNode mapping, String path, Document document) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode());
      String keyPath = Paths.child(path, key);
      if (!seen.add(key)) {
        Origin first = document.key(keyPath);
        problems.add(
            new Problem(
                origin(tuple.getKeyNode()),
                keyPath,
                "written twice, first in line " + first.line()));
        continue;
      }
      document.mark(keyPath, origin(tuple.getKeyNode()), origin(tuple.getValueNode()));
      object.set(key, convert(tuple.getValueNode(), keyPath, document));
    }
  }

  private static String key(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : describe(node);
  }

  private JsonNode scalar(ScalarNode node) {
    var constructor = schema.getSchemaTagConstructors().get(node.getTag());
    Object value = constructor == null ? node.getValue() : constructor.construct(node);
    if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(new BigInteger(number.toString()));
    }
    return value == null ? JSON.nullNode() : JSON.stringNode(value.toString());
  }

  private static String describe(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> "'" + ((ScalarNode) node).getValue() + "'";
      case SEQUENCE -> "a list";
      case MAPPING -> "keys and values";
      case ANCHOR -> "an anchor";
    };
  }

  private Origin origin(Node node) {
    return node.getStartMark().map(this::origin).orElse(new Origin(source, 1, 1));
  }

  private Origin origin(Mark mark) {
    return new Origin(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
