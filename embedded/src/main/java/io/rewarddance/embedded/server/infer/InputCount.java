package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a request brings as many inputs as its model needs. */
final class InputCount {
  private final ModelConfig config;
  private final String prefix;
  private final List<String> required;

  InputCount(ModelConfig config, String prefix) {
    this.config = config;
    this.prefix = prefix;
    this.required =
        config.getInputList().stream()
            .filter(input -> !input.getOptional())
            .map(ModelInput::getName)
            .toList();
  }

  void check(Set<String> given) {
    List<String> missing = required.stream().filter(name -> !given.contains(name)).toList();
    boolean wrongCount = given.size() > config.getInputCount() || given.size() < required.size();
    if (wrongCount) {
      throw RequestException.invalid(
          "%sexpected %s but got %d inputs for model '%s'. Got input(s) %s, but missing required input(s) %s. Please provide all required input(s)."
              .formatted(
                  prefix, expected(), given.size(), config.getName(), list(given), list(missing)));
    }
    if (!missing.isEmpty() && given.stream().allMatch(this::isInput)) {
      throw RequestException.invalid(
          "%smissing required input(s) %s for model '%s'. Got input(s) %s."
              .formatted(prefix, list(missing), config.getName(), list(given)));
    }
  }

  private boolean isInput(String name) {
    return config.getInputList().stream().anyMatch(input -> input.getName().equals(name));
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
