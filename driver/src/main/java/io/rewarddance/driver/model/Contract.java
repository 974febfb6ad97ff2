package io.rewarddance.driver.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a served model must be to play a role. The ones that there are: {@link Contracts}.
 *
 * @param role in words
 * @param inputs what is sent, and what may be one day
 * @param outputs what is asked for, and what may be one day
 */
public record Contract(String role, List<TensorRule> inputs, List<TensorRule> outputs) {
  public Contract {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The same contract, by another name, with an optional input always sent. */
  Contract sending(String name, String input) {
    List<TensorRule> sent =
        inputs.stream().map(rule -> rule.name().equals(input) ? rule.asRequired() : rule).toList();
    return new Contract(name, sent, outputs);
  }

  /** The same contract, by another name, with an optional output always asked for. */
  Contract asking(String name, String output) {
    List<TensorRule> asked =
        outputs.stream()
            .map(rule -> rule.name().equals(output) ? rule.asRequired() : rule)
            .toList();
    return new Contract(name, inputs, asked);
  }

  /**
   * The same contract for what a model draws or looks at: images as it is written, or videos, which
   * take the place of every image.
   */
  public Contract of(Medium medium) {
    return medium == Medium.IMAGE
        ? this
        : new Contract(
            role,
            inputs.stream().map(Contract::ofVideos).toList(),
            outputs.stream().map(Contract::ofVideos).toList());
  }

  private static TensorRule ofVideos(TensorRule rule) {
    return switch (rule.name()) {
      case "image" -> rule.asOptional();
      case "video" -> rule.asRequired();
      case "reference" -> rule.of(Contracts.FRAMES);
      default -> rule;
    };
  }

  /** Names of the inputs that are always sent. */
  public Set<String> sent() {
    return required(inputs);
  }

  /** Names of the outputs that are always asked for. */
  public Set<String> wanted() {
    return required(outputs);
  }

  private static Set<String> required(List<TensorRule> rules) {
    return rules.stream()
        .filter(TensorRule::required)
        .map(TensorRule::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The rule of an output.
   *
   * @throws IllegalArgumentException when the contract has none of that name
   */
  public TensorRule output(String name) {
    return outputs.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(role + " has no output " + name));
  }

  /** How many tensors a model must have. */
  long required() {
    return Stream.concat(inputs.stream(), outputs.stream()).filter(TensorRule::required).count();
  }

  /** Compares a model with the contract, of images or of videos as the model is. */
  public Fit fit(ServedModel model) {
    return new Comparison(of(Medium.of(model)), model).fit();
  }

  /**
   * Checks that the model can play the role.
   *
   * @throws ModelMismatchException naming everything that doesn't fit
   */
  public void require(ServedModel model) {
    Fit fit = fit(model);
    if (!fit.fits()) {
      throw new ModelMismatchException(fit.complaint() + " (" + role + ", see docs/contracts.md)");
    }
  }
}
