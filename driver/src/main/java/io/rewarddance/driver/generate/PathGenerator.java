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
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.NotFiniteException;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Walks trajectories in parts, along the ODE, with a generator that can take them up in the middle
 * ({@code docs/contracts.md}).
 */
public final class PathGenerator {
  private final ServedModel model;
  private final Medium medium;
  private final Inference inference;
  private final float guidance;

  /**
   * @param guidance 1 = off
   * @throws io.rewarddance.driver.model.ModelMismatchException when the model isn't such a
   *     generator
   */
  public PathGenerator(ServedModel model, Inference inference, float guidance) {
    Contracts.PATH_GENERATOR.require(model);
    this.model = model;
    this.medium = Medium.of(model);
    this.inference = inference;
    this.guidance = guidance;
  }

  /**
   * One outcome for each departure, in order.
   *
   * @param departures all with a latent, or, for a leg from noise, all without
   * @param policyVersion version that must answer, or {@link Generator#ANY_POLICY}
   */
  public CompletableFuture<List<Outcome<Arrival>>> walk(
      String id, List<Departure> departures, Leg leg, long policyVersion) {
    SamplerSettings sampler = new SamplerSettings(Sampler.ODE, leg.steps(), 0, 0, 0, guidance);
    long rowBytes = rowBytes(leg.steps());
    return Batches.ask(
        id,
        departures,
        model.maxBatch(),
        ModelFailures.GENERATOR,
        (batchId, batch) ->
            inference
                .infer(
                    new InferCall(
                        model.name(),
                        InferCall.NEWEST,
                        batchId,
                        inputs(batch, leg, sampler, policyVersion),
                        GeneratorAnswer.all(medium).stream().sorted().toList(),
                        rowBytes * batch.size()))
                .thenApply(answer -> arrivals(answer, batch.size(), leg, sampler)));
  }

  /** Bytes of one answer as far as the model describes it. */
  public long rowBytes(int steps) {
    SamplerSettings sampler = new SamplerSettings(Sampler.ODE, steps, 0, 0, 0, guidance);
    return model.rowBytes(
        GeneratorAnswer.all(medium), output -> GeneratorAnswer.length(output, sampler));
  }

  private static List<Tensor> inputs(
      List<Departure> batch, Leg leg, SamplerSettings sampler, long policyVersion) {
    List<Draw> draws = batch.stream().map(Departure::draw).toList();
    List<Tensor> inputs = new ArrayList<>(GeneratorRequest.inputs(draws, sampler, policyVersion));
    if (!leg.isFromNoise()) {
      inputs.add(latents(batch.stream().map(d -> d.latent().orElseThrow()).toList()));
      inputs.add(column("start_step", batch.size(), leg.from()));
    }
    if (leg.isRenoised()) {
      inputs.add(column("renoise_step", batch.size(), leg.begin()));
    }
    inputs.add(column("stop_step", batch.size(), leg.stop()));
    return inputs;
  }

  private static Tensor latents(List<Latent> latents) {
    int[] one = latents.get(0).shape();
    int size = latents.get(0).values().length;
    float[] values = new float[size * latents.size()];
    long[] shape = new long[one.length + 1];
    shape[0] = latents.size();
    Arrays.setAll(shape, i -> i == 0 ? latents.size() : one[i - 1]);
    for (int row = 0; row < latents.size(); row++) {
      System.arraycopy(latents.get(row).values(), 0, values, row * size, size);
    }
    return Tensors.ofFp32("start_latent", shape, values);
  }

  private static Tensor column(String name, int rows, int value) {
    int[] values = new int[rows];
    Arrays.fill(values, value);
    return Tensors.ofInt32(name, new long[] {rows, 1}, values);
  }

  private List<Outcome<Arrival>> arrivals(
      InferAnswer answer, int count, Leg leg, SamplerSettings sampler) {
    GeneratorAnswer rows = new GeneratorAnswer(answer, count, medium);
    List<Outcome<Arrival>> arrivals = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      arrivals.add(arrival(rows, row, leg, sampler));
    }
    return arrivals;
  }

  private static Outcome<Arrival> arrival(
      GeneratorAnswer rows, int row, Leg leg, SamplerSettings sampler) {
    try {
      Trajectory trajectory = rows.trajectory(row, sampler);
      PolicyRef policy = rows.policy(row);
      Latent latent = new Latent(trajectory.latentShape(), trajectory.latents());
      return Outcome.of(
          new Arrival(rows.sample(row), latent, trajectory.sigmas()[leg.stop()], policy));
    } catch (NotFiniteException e) {
      return Outcome.failed(FailureKind.GENERATOR_NOT_FINITE, "row " + row + ": " + e.getMessage());
    } catch (TritonException | TensorException | IllegalArgumentException | ArithmeticException e) {
      return Outcome.failed(FailureKind.GENERATOR_BAD_SHAPE, "row " + row + ": " + e.getMessage());
    }
  }
}
