package io.rewarddance.driver.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares one served model with one contract. */
final class Comparison {
  private final Contract contract;
  private final ServedModel model;
  private final List<Difference> differences = new ArrayList<>();
  private final List<String> features = new ArrayList<>();
  private final List<String> lacking = new ArrayList<>();

  Comparison(Contract contract, ServedModel model) {
    this.contract = contract;
    this.model = model;
  }

  Fit fit() {
    settings();
    contract.inputs().forEach(rule -> compare("input", rule, model.input(rule.name())));
    model.inputs().forEach(this::needless);
    contract.outputs().forEach(rule -> compare("output", rule, model.output(rule.name())));
    return new Fit(contract, model, differences, features, lacking);
  }

  private void settings() {
    if (model.maxBatch() < 1) {
      String found = String.valueOf(model.maxBatch());
      add(Difference.Kind.SETTING, "max_batch_size", found, ">= 1");
    }
    if (model.decoupled()) {
      String expected = "false: one answer for each request";
      add(Difference.Kind.SETTING, "decoupled", "true", expected);
    }
  }

  /** What is neither sent nor asked for can't be wrong: it is a feature when it is right. */
  private void compare(String side, TensorRule rule, Optional<ServedTensor> tensor) {
    Optional<Difference.Kind> wrong = wrong(rule, tensor);
    if (!rule.required()) {
      (wrong.isEmpty() ? features : lacking).add(rule.name());
      return;
    }
    wrong.ifPresent(
        kind ->
            add(
                kind,
                side + " '" + rule.name() + "'",
                tensor.map(ServedTensor::described).orElse(""),
                rule.expected()));
  }

  private Optional<Difference.Kind> wrong(TensorRule rule, Optional<ServedTensor> tensor) {
    if (tensor.isEmpty()) {
      return Optional.of(Difference.Kind.MISSING);
    }
    if (tensor.get().type().filter(rule.types()::contains).isEmpty()) {
      return Optional.of(Difference.Kind.TYPE);
    }
    return accepts(rule.shape(), tensor.get().dimensions())
        ? Optional.empty()
        : Optional.of(Difference.Kind.SHAPE);
  }

  /** A model that takes no batches may have one as its first dimension, which isn't the fault. */
  private boolean accepts(Dimensions shape, List<Long> dimensions) {
    boolean batchInside = model.maxBatch() < 1 && !dimensions.isEmpty();
    return shape.accepts(dimensions)
        || batchInside && shape.accepts(dimensions.subList(1, dimensions.size()));
  }

  private void needless(ServedTensor input) {
    if (!input.optional() && !contract.sent().contains(input.name())) {
      String subject = "input '" + input.name() + "'";
      String expected = "no such input, or an optional one";
      add(Difference.Kind.NOT_SENT, subject, input.described(), expected);
    }
  }

  private void add(Difference.Kind kind, String subject, String found, String expected) {
    differences.add(new Difference(kind, subject, found, expected));
  }
}
