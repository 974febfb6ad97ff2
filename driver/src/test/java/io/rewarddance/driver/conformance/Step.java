package io.rewarddance.driver.conformance;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One recorded step: a request, a change of the repository's files, or a wait.
 *
 * @param json as {@code triton-models/conformance/README.md} describes it
 */
record Step(JsonNode json) {
  String name() {
    return json.get("name").asString();
  }

  boolean isRequest() {
    return json.has("rpc");
  }

  String rpc() {
    return json.get("rpc").asString();
  }

  /** Names of fields, at any depth, that may differ; {@code message} is the error text. */
  Set<String> ignored() {
    Set<String> names = new HashSet<>();
    json.path("ignore").forEach(name -> names.add(name.asString()));
    return names;
  }

  @Override
  public String toString() {
    return name();
  }
}
