package io.rewarddance.driver.benchmark;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Drawing;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the driver does: each group is drawn, and judged as soon as its images arrive. */
final class DriverClient implements AutoCloseable {
  private static final long MAX_IN_FLIGHT_BYTES = 64 << 20;

  private final TritonClient client;
  private final Generator generator;
  private final Judge judge;

  DriverClient(String endpoint) {
    TritonConfig config = TritonConfigs.ofBounds(MAX_IN_FLIGHT_BYTES, Batch.IN_FLIGHT);
    client = TritonClient.connect(List.of(endpoint), config, () -> 0.5);
    generator = new Generator(Batch.GENERATOR, client::infer);
    judge = new Judge(Batch.JUDGE_CONFIG, Batch.JUDGE, client::infer);
  }

  /** One answer of each model, to be asked again without the driver. */
  Queue<InferCall> recordedCalls() {
    Queue<InferCall> calls = new ConcurrentLinkedQueue<>();
    Function<InferCall, CompletableFuture<InferAnswer>> recording =
        call -> {
          calls.add(call);
          return client.infer(call);
        };
    score(
            new Generator(Batch.GENERATOR, recording::apply),
            new Judge(Batch.JUDGE_CONFIG, Batch.JUDGE, recording::apply),
            0)
        .join();
    return calls;
  }

  void run(int groups) {
    List<CompletableFuture<Void>> all =
        IntStream.range(0, groups).mapToObj(group -> score(generator, judge, group)).toList();
    all.forEach(CompletableFuture::join);
  }

  private static CompletableFuture<Void> score(Generator generator, Judge judge, int group) {
    Prompt prompt = new Prompt(group, Batch.PROMPT, "");
    List<Draw> draws =
        IntStream.range(0, Batch.ROWS).mapToObj(i -> new Draw(prompt, 1000L * group + i)).toList();
    String id = "iteration=0/group=" + group;
    return generator
        .draw(id, draws, Batch.SAMPLER, NullModels.POLICY)
        .thenCompose(drawings -> judge.judge(id, subjects(prompt, drawings)))
        .thenAccept(answers -> answers.forEach(DriverClient::check));
  }

  private static List<Subject> subjects(Prompt prompt, List<Outcome<Drawing>> drawings) {
    return drawings.stream()
        .map(d -> new Subject(prompt, d.value().orElseThrow().sample(), List.of()))
        .toList();
  }

  private static void check(Outcome<YesProbability> answer) {
    if (answer.isFailed()) {
      throw new IllegalStateException(answer.failure().orElseThrow().toString());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
