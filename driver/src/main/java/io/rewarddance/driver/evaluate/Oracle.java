package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Batches;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.PixelTensors;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The model that knows the truth. Its outputs {@code strict} and {@code graded} are gold; every
 * other FP32 [1] output is a drawing metric by its name, every INT32 [1] output a label.
 */
public final class Oracle {
  /** A prompt with what was drawn for it. */
  public record Exhibit(Prompt prompt, Pixels sample) {}

  private static final Set<String> GOLD = Contracts.ORACLE.wanted();

  private final ServedModel model;
  private final Inference inference;

  /**
   * @throws io.rewarddance.driver.model.ModelMismatchException when the model isn't an oracle
   */
  public Oracle(ServedModel model, Inference inference) {
    Contracts.ORACLE.require(model);
    this.model = model;
    this.inference = inference;
  }

  /** One outcome for each exhibit, in order. */
  public CompletableFuture<List<Outcome<Gold>>> measure(String id, List<Exhibit> exhibits) {
    return Batches.ask(id, exhibits, model.maxBatch(), ModelFailures.JUDGE, this::send);
  }

  private CompletableFuture<List<Outcome<Gold>>> send(String id, List<Exhibit> batch) {
    String[] prompts = batch.stream().map(e -> e.prompt().text()).toArray(String[]::new);
    List<Tensor> inputs =
        List.of(
            Tensors.ofStrings("prompt", new long[] {batch.size(), 1}, prompts),
            PixelTensors.of(batch.stream().map(Exhibit::sample).toList()));
    InferCall call =
        new InferCall(model.name(), InferCall.NEWEST, id + "/oracle", inputs, List.of(), 0);
    return inference.infer(call).thenApply(answer -> read(answer, batch.size()));
  }

  private List<Outcome<Gold>> read(InferAnswer answer, int rows) {
    SortedMap<String, float[]> numbers = new TreeMap<>();
    SortedMap<String, int[]> labels = new TreeMap<>();
    for (Tensor output : answer.outputs().values()) {
      boolean column =
          output.rank() == 2 && output.dimension(0) == rows && output.dimension(1) == 1;
      if (column && output.type() == DataType.FP32) {
        numbers.put(output.name(), output.floats());
      } else if (column && output.type() == DataType.INT32) {
        labels.put(output.name(), output.int32s());
      }
    }
    if (!numbers.keySet().containsAll(GOLD)) {
      throw new TritonException(
          ErrorKind.BAD_ANSWER,
          answer.endpoint(),
          "outputs "
              + answer.outputs().values()
              + " (expected: strict and graded FP32 ["
              + rows
              + ",1])");
    }
    List<Outcome<Gold>> outcomes = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      outcomes.add(row(numbers, labels, row));
    }
    return outcomes;
  }

  private static Outcome<Gold> row(
      SortedMap<String, float[]> numbers, SortedMap<String, int[]> labels, int row) {
    SortedMap<String, Double> drawing = new TreeMap<>();
    for (String name : numbers.keySet()) {
      double value = numbers.get(name)[row];
      if (!Double.isFinite(value)) {
        return Outcome.failed(
            FailureKind.JUDGE_NOT_FINITE, name + ": " + value + " (expected: a finite number)");
      }
      drawing.put(name, value);
    }
    SortedMap<String, Integer> classes = new TreeMap<>();
    labels.forEach((name, values) -> classes.put(name, values[row]));
    boolean strict = drawing.remove("strict") > 0.5;
    double graded = drawing.remove("graded");
    return Outcome.of(new Gold(strict, graded, drawing, classes));
  }
}
