package io.rewarddance.driver.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Typed access to one part of a checked tree, and the paths in it made absolute. */
final class Settings {
  private final JsonNode node;
  private final Path root;

  Settings(JsonNode node, Path root) {
    this.node = node;
    this.root = root;
  }

  Settings part(String key) {
    return new Settings(node.get(key), root);
  }

  Optional<Settings> optionalPart(String key) {
    return node.has(key) ? Optional.of(part(key)) : Optional.empty();
  }

  List<Settings> parts(String key) {
    List<Settings> parts = new ArrayList<>();
    node.get(key).forEach(item -> parts.add(new Settings(item, root)));
    return parts;
  }

  String text(String key) {
    return node.get(key).asString();
  }

  Optional<String> optionalText(String key) {
    return node.has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    node.get(key).forEach(item -> texts.add(item.asString()));
    return texts;
  }

  int integer(String key) {
    return node.get(key).decimalValue().intValueExact();
  }

  OptionalInt optionalInteger(String key) {
    return node.has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
  }

  long longInteger(String key) {
    return node.get(key).decimalValue().longValueExact();
  }

  double number(String key) {
    return node.get(key).asDouble();
  }

  /** A text, or a number in its plain form. */
  String textOrNumber(String key) {
    JsonNode value = node.get(key);
    return value.isNumber()
        ? new BigDecimal(value.asString()).stripTrailingZeros().toPlainString()
        : value.asString();
  }

  boolean flag(String key) {
    return node.get(key).asBoolean();
  }

  Duration duration(String key) {
    return Units.duration(text(key));
  }

  Optional<Duration> optionalDuration(String key) {
    return optionalText(key).map(Units::duration);
  }

  long bytes(String key) {
    return Units.bytes(text(key));
  }

  Path path(String key) {
    return root.resolve(text(key)).normalize();
  }

  List<Path> paths(String key) {
    return texts(key).stream().map(text -> root.resolve(text).normalize()).toList();
  }

  Optional<Path> optionalPath(String key) {
    return node.has(key) ? Optional.of(path(key)) : Optional.empty();
  }

  /** The constant of that name, {@code best_of_n} for {@code BEST_OF_N}. */
  <E extends Enum<E>> E constant(String key, Class<E> type) {
    return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
  }

  <E extends Enum<E>> Optional<E> optionalConstant(String key, Class<E> type) {
    return node.has(key) ? Optional.of(constant(key, type)) : Optional.empty();
  }

  /** A constant for each key of a part whose keys are free. */
  <E extends Enum<E>> Map<String, E> constants(String key, Class<E> type) {
    Map<String, E> constants = new TreeMap<>();
    Settings part = part(key);
    part.node.propertyNames().forEach(name -> constants.put(name, part.constant(name, type)));
    return constants;
  }
}
