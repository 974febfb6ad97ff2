package io.rewarddance.driver.generate;

import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Batches;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.Medium;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.TensorException;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.NotFiniteException;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Draws with the served generator, and believes only answers of the policy that was asked for. */
public final class Generator {
  /** Value of the input policy_version for whichever policy is live. */
  public static final long ANY_POLICY = -1;

  private interface RowReader<T> {
    T read(GeneratorAnswer answer, int row);
  }

  private final ServedModel model;
  private final Medium medium;
  private final Inference inference;

  /** A model whose images vary in size doesn't describe it; its answers show it. */
  private final AtomicLong largestRow = new AtomicLong();

  /**
   * @throws io.rewarddance.driver.model.ModelMismatchException when the model isn't a generator
   */
  public Generator(ServedModel model, Inference inference) {
    Contracts.GENERATOR.require(model);
    this.model = model;
    this.medium = Medium.of(model);
    this.inference = inference;
  }

  /** The same generator asked another way. */
  public Generator through(Inference other) {
    return new Generator(model, other);
  }

  public String name() {
    return model.name();
  }

  /**
   * Checks that it can draw from prompts like this one.
   *
   * @throws io.rewarddance.driver.model.ModelMismatchException when the prompt has a first frame
   *     that the model doesn't take
   */
  public void require(Prompt prompt) {
    if (prompt.firstFrame().isPresent()) {
      Contracts.FIRST_FRAME_GENERATOR.require(model);
      Contracts.requireFirstFrame(model, prompt.firstFrame().get().shape());
    }
  }

  /** Images or videos with their trajectories, in the order of the draws. */
  public CompletableFuture<List<Outcome<Drawing>>> draw(
      String id, List<Draw> draws, SamplerSettings sampler, PolicyRef policy) {
    return ask(
        id,
        draws,
        sampler,
        policy,
        GeneratorAnswer.all(medium),
        (answer, row) -> new Drawing(answer.sample(row), answer.trajectory(row, sampler), policy));
  }

  /** Images or videos alone, in the order of the draws. */
  public CompletableFuture<List<Outcome<Pixels>>> samples(
      String id, List<Draw> draws, SamplerSettings sampler, PolicyRef policy) {
    return ask(
        id, draws, sampler, policy, GeneratorAnswer.sampleOnly(medium), GeneratorAnswer::sample);
  }

  /**
   * The same of a generator of images.
   *
   * @throws IllegalStateException when it draws videos
   */
  public CompletableFuture<List<Outcome<Image>>> images(
      String id, List<Draw> draws, SamplerSettings sampler, PolicyRef policy) {
    if (medium != Medium.IMAGE) {
      throw new IllegalStateException(
          "generator '" + name() + "': draws videos (expected: one of images)");
    }
    return samples(id, draws, sampler, policy)
        .thenApply(drawn -> drawn.stream().map(one -> one.map(Pixels::sheet)).toList());
  }

  /**
   * One drawing, by whichever policy answers: who it was is in the drawing.
   *
   * @param modelVersion model version that must answer, or {@link InferCall#NEWEST}
   * @param policyVersion policy version that must answer, or {@link #ANY_POLICY}
   */
  public CompletableFuture<Outcome<Drawing>> drawPinned(
      String id, Draw draw, SamplerSettings sampler, long modelVersion, long policyVersion) {
    List<Draw> one = List.of(draw);
    InferCall call =
        new InferCall(
            model.name(),
            modelVersion,
            id,
            GeneratorRequest.inputs(one, sampler, policyVersion),
            GeneratorAnswer.all(medium).stream().sorted().toList(),
            0);
    RowReader<Drawing> reader =
        (rows, row) ->
            new Drawing(rows.sample(row), rows.trajectory(row, sampler), rows.policy(row));
    return Batches.ask(
            id,
            one,
            1,
            ModelFailures.GENERATOR,
            (batchId, batch) ->
                inference
                    .infer(call)
                    .thenApply(
                        answer -> List.of(row(new GeneratorAnswer(answer, 1, medium), 0, reader))))
        .thenApply(outcomes -> outcomes.get(0));
  }

  private <T> CompletableFuture<List<Outcome<T>>> ask(
      String id,
      List<Draw> draws,
      SamplerSettings sampler,
      PolicyRef policy,
      Set<String> wanted,
      RowReader<T> reader) {
    long described = model.rowBytes(wanted, output -> GeneratorAnswer.length(output, sampler));
    long rowBytes = Math.max(described, largestRow.get());
    return Batches.ask(
        id,
        draws,
        model.maxBatch(),
        ModelFailures.GENERATOR,
        (batchId, batch) -> {
          List<Tensor> inputs = GeneratorRequest.inputs(batch, sampler, policy.version());
          return inference
              .infer(
                  new InferCall(
                      model.name(),
                      InferCall.NEWEST,
                      batchId,
                      inputs,
                      wanted.stream().sorted().toList(),
                      rowBytes * batch.size()))
              .thenApply(answer -> rows(answer, batch.size(), policy, reader));
        });
  }

  private <T> List<Outcome<T>> rows(
      InferAnswer answer, int count, PolicyRef policy, RowReader<T> reader) {
    GeneratorAnswer rows = new GeneratorAnswer(answer, count, medium);
    largestRow.accumulateAndGet(rows.rowBytes(), Math::max);
    List<Outcome<T>> outcomes = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      outcomes.add(ofPolicy(rows, row, policy, reader));
    }
    return outcomes;
  }

  private static <T> Outcome<T> ofPolicy(
      GeneratorAnswer rows, int row, PolicyRef policy, RowReader<T> reader) {
    Outcome<PolicyRef> answered = row(rows, row, GeneratorAnswer::policy);
    if (answered.value().isPresent() && !answered.value().get().equals(policy)) {
      return Outcome.failed(
          FailureKind.GENERATOR_WRONG_POLICY,
          "row %d: answered by %s at %s (expected: %s)"
              .formatted(row, answered.value().get(), rows.endpoint(), policy));
    }
    return answered.failure().isPresent()
        ? Outcome.failed(answered.failure().get())
        : row(rows, row, reader);
  }

  private static <T> Outcome<T> row(GeneratorAnswer rows, int row, RowReader<T> reader) {
    try {
      return Outcome.of(reader.read(rows, row));
    } catch (NotFiniteException e) {
      return Outcome.failed(FailureKind.GENERATOR_NOT_FINITE, "row " + row + ": " + e.getMessage());
    } catch (TritonException | TensorException | IllegalArgumentException | ArithmeticException e) {
      return Outcome.failed(FailureKind.GENERATOR_BAD_SHAPE, "row " + row + ": " + e.getMessage());
    }
  }
}
