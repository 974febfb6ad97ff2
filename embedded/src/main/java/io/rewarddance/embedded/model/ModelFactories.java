package io.rewarddance.embedded.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The kinds of model a server can open, by their {@code rewarddance_model} parameter. */
public final class ModelFactories {
  private final Map<String, ModelFactory> byKind;

  public ModelFactories(Map<String, ModelFactory> byKind) {
    this.byKind = Map.copyOf(byKind);
  }

  public Optional<ModelFactory> find(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** Every kind, for messages. */
  public SortedSet<String> kinds() {
    return new TreeSet<>(byKind.keySet());
  }
}
