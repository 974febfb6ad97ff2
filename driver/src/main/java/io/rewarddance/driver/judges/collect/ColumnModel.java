package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferencesConfig.Column;
import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Batches;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.model.PixelTensors;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One output of a model that looks at an image with its prompt, perhaps beside a reference. */
final class ColumnModel {
  /**
   * @param reference present exactly for models that take one
   */
  record Exhibit(Prompt prompt, Image image, Optional<Image> reference) {}

  private final ServedModel model;
  private final String output;
  private final DataType type;
  private final Inference inference;

  private ColumnModel(ServedModel model, Column column, DataType type, Inference inference) {
    this.model = model;
    this.output = column.output();
    this.type = type;
    this.inference = inference;
  }

  /** A model that compares with a reference and gives numbers. */
  static ColumnModel numbers(ServedModel model, Column column, Inference inference) {
    return required(
        new ColumnModel(model, column, DataType.FP32, inference), "prompt", "image", "reference");
  }

  /** A model that gives words. */
  static ColumnModel words(ServedModel model, Column column, Inference inference) {
    return required(new ColumnModel(model, column, DataType.BYTES, inference), "prompt", "image");
  }

  private static ColumnModel required(ColumnModel column, String... inputs) {
    for (String input : inputs) {
      if (column.model.input(input).isEmpty()) {
        throw new ModelMismatchException(
            "model '" + column.model.name() + "' input '" + input + "': absent (expected: one)");
      }
    }
    Optional<DataType> type = column.model.output(column.output).flatMap(ServedTensor::type);
    if (!type.equals(Optional.of(column.type))) {
      throw new ModelMismatchException(
          "model '%s' output '%s': %s (expected: %s [1])"
              .formatted(
                  column.model.name(),
                  column.output,
                  type.map(DataType::name).orElse("absent"),
                  column.type));
    }
    return column;
  }

  /** One number for each exhibit, in order. */
  CompletableFuture<List<Outcome<Double>>> numbers(String id, List<Exhibit> exhibits) {
    return ask(id, exhibits, ColumnModel::readNumbers);
  }

  /** One text for each exhibit, in order. */
  CompletableFuture<List<Outcome<String>>> texts(String id, List<Exhibit> exhibits) {
    return ask(id, exhibits, ColumnModel::readTexts);
  }

  private <T> CompletableFuture<List<Outcome<T>>> ask(
      String id, List<Exhibit> exhibits, Function<Tensor, List<Outcome<T>>> read) {
    return Batches.ask(
        id,
        exhibits,
        model.maxBatch(),
        ModelFailures.JUDGE,
        (part, batch) ->
            inference
                .infer(call(part, batch))
                .thenApply(answer -> read.apply(column(answer, batch.size()))));
  }

  private InferCall call(String id, List<Exhibit> batch) {
    String[] prompts = batch.stream().map(e -> e.prompt().text()).toArray(String[]::new);
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(Tensors.ofStrings("prompt", new long[] {batch.size(), 1}, prompts));
    inputs.add(PixelTensors.of("image", batch.stream().map(Exhibit::image).toList()));
    if (batch.get(0).reference().isPresent()) {
      List<Image> references = batch.stream().map(e -> e.reference().orElseThrow()).toList();
      inputs.add(PixelTensors.of("reference", references));
    }
    return new InferCall(model.name(), InferCall.NEWEST, id, inputs, List.of(output), 0);
  }

  private Tensor column(InferAnswer answer, int rows) {
    Tensor tensor = answer.output(output);
    boolean fits =
        tensor.type() == type
            && tensor.rank() == 2
            && tensor.dimension(0) == rows
            && tensor.dimension(1) == 1;
    if (!fits) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          answer.endpoint(),
          "output " + tensor + " (expected: " + output + " " + type + " [" + rows + ",1])");
    }
    return tensor;
  }

  private static List<Outcome<Double>> readNumbers(Tensor column) {
    List<Outcome<Double>> numbers = new ArrayList<>();
    for (float value : column.floats()) {
      numbers.add(
          Float.isFinite(value)
              ? Outcome.of((double) value)
              : Outcome.failed(
                  FailureKind.JUDGE_NOT_FINITE,
                  column.name() + ": " + value + " (expected: a finite number)"));
    }
    return numbers;
  }

  private static List<Outcome<String>> readTexts(Tensor column) {
    return column.strings().stream().map(Outcome::of).toList();
  }
}
