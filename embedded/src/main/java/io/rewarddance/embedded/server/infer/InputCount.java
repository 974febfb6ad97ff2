package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a request brings the inputs that its model needs. */
final class InputCount {
  private final ModelConfig config;
  private final String prefix;
  private final Set<String> given;
  private final List<String> required;
  private final List<String> missing;

  InputCount(ModelConfig config, String prefix, Set<String> given) {
    this.config = config;
    this.prefix = prefix;
    this.given = given;
    this.required =
        config.getInputList().stream()
            .filter(input -> !input.getOptional())
            .map(ModelInput::getName)
            .toList();
    this.missing = required.stream().filter(name -> !given.contains(name)).toList();
  }

  /** As many as there can be; Triton looks at this first. */
  void check() {
    if (given.size() > config.getInputCount() || given.size() < required.size()) {
      throw RequestException.invalid(
          "%sexpected %s but got %d inputs for model '%s'. Got input(s) %s, but missing required input(s) %s. Please provide all required input(s)."
              .formatted(
                  prefix, expected(), given.size(), config.getName(), list(given), list(missing)));
    }
  }

  /** Each that must be there; Triton looks at this when all that are there are right. */
  void requireAll() {
    if (!missing.isEmpty()) {
      throw RequestException.invalid(
          "%smissing required input(s) %s for model '%s'. Got input(s) %s."
              .formatted(prefix, list(missing), config.getName(), list(given)));
    }
  }

  private String expected() {
    return required.size() == config.getInputCount()
        ? required.size() + " inputs"
        : "number of inputs between %d and %d".formatted(required.size(), config.getInputCount());
  }

  private static String list(Collection<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(",", "[", "]"));
  }
}
