package io.rewarddance.driver.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How well a served model fits a contract.
 *
 * @param contract what was asked for
 * @param model what is served
 * @param differences everything that doesn't fit, in the contract's order; empty = it fits
 * @param features optional tensors of the contract that the model has as the contract has them
 * @param lacking the other optional ones
 */
public record Fit(
    Contract contract,
    ServedModel model,
    List<Difference> differences,
    List<String> features,
    List<String> lacking) {
  public Fit {
    differences = List.copyOf(differences);
    features = List.copyOf(features);
    lacking = List.copyOf(lacking);
  }

  public boolean fits() {
    return differences.isEmpty();
  }

  /** Share of the contract's required tensors that the model has as they should be, 0 to 1. */
  public double closeness() {
    long required = contract.required();
    long wrong = differences.stream().filter(Fit::isOfTheContract).count();
    return (double) (required - wrong) / required;
  }

  private static boolean isOfTheContract(Difference difference) {
    return switch (difference.kind()) {
      case MISSING, TYPE, SHAPE -> true;
      case NOT_SENT, SETTING -> false;
    };
  }

  /** All differences as one sentence. */
  public String complaint() {
    return differences.stream()
        .map(Difference::text)
        .collect(Collectors.joining("; ", "model '" + model.name() + "' ", ""));
  }
}
