package io.rewarddance.driver.benchmark;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Drawing;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.YesProbability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** One server that serves the shapes models, asked by the driver's client, generator and judge. */
final class Contestant implements AutoCloseable {
  private static final long MAX_IN_FLIGHT_BYTES = 64 << 20;
  private static final String[] PROMPTS = {
    "a red circle", "two blue squares", "a circle above a triangle"
  };
  private static final SamplerSettings SAMPLER = new SamplerSettings(Sampler.ODE, 6, 0, 0, 0, 1);
  private static final JudgeConfig JUDGE =
      new JudgeConfig(
          "shapes_judge",
          "match",
          1,
          JudgeConfig.Question.POINTWISE,
          "",
          false,
          0,
          Optional.empty(),
          JudgeConfig.Transform.PROBABILITY);

  private final String name;
  private final String endpoint;
  private final Map<Integer, TritonClient> clients = new HashMap<>();
  private final ServedModel generator;
  private final ServedModel judge;
  private final PolicyRef policy;

  Contestant(String name, String endpoint) {
    this.name = name;
    this.endpoint = endpoint;
    this.generator = describe("shapes_generator");
    this.judge = describe("shapes_judge");
    this.policy =
        new Generator(generator, client(1)::infer)
            .drawPinned("policy", draw(0), SAMPLER, -1, Generator.ANY_POLICY)
            .join()
            .value()
            .orElseThrow()
            .policy();
  }

  String name() {
    return name;
  }

  private ServedModel describe(String model) {
    return ServedModel.of(client(1).controls().get(0).modelConfig(model).join());
  }

  private TritonClient client(int inFlight) {
    return clients.computeIfAbsent(
        inFlight,
        any ->
            TritonClient.connect(
                List.of(endpoint),
                TritonConfigs.ofBounds(MAX_IN_FLIGHT_BYTES, inFlight),
                () -> 0.5));
  }

  /** So many images, in 6 steps of the ODE. */
  List<Drawing> draw(Load load) {
    Generator asked = new Generator(ofRows(generator, load.rows()), client(load.inFlight())::infer);
    List<Draw> draws = IntStream.range(0, load.images()).mapToObj(Contestant::draw).toList();
    return values(asked.draw("draw", draws, SAMPLER, policy));
  }

  /** The answers about so many of the images. */
  List<YesProbability> judge(Load load, List<Drawing> drawings) {
    Judge asked = new Judge(JUDGE, ofRows(judge, load.rows()), client(load.inFlight())::infer);
    List<Subject> subjects =
        IntStream.range(0, load.images())
            .mapToObj(
                i -> new Subject(prompt(i), drawings.get(i % drawings.size()).sample(), List.of()))
            .toList();
    return values(asked.judge("judge", subjects));
  }

  private static <T> List<T> values(CompletableFuture<List<Outcome<T>>> outcomes) {
    return Outcome.all(outcomes.join());
  }

  /** The model as if it took no more rows than that, so that requests have as many. */
  private static ServedModel ofRows(ServedModel model, int rows) {
    return new ServedModel(model.name(), rows, model.decoupled(), model.inputs(), model.outputs());
  }

  private static Draw draw(int index) {
    return new Draw(prompt(index), index);
  }

  private static Prompt prompt(int index) {
    return new Prompt(index, PROMPTS[index % PROMPTS.length], "");
  }

  @Override
  public void close() {
    clients.values().forEach(TritonClient::close);
  }
}
