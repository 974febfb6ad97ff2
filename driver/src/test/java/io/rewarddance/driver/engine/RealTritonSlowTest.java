package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.driver.testing.Relay;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.proto.tensor.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** NVIDIA's server far away, overloaded, or asked for what nobody wants any more. */
final class RealTritonSlowTest extends RealTritonRuns {
  private static final Duration NEAR = Duration.ZERO;
  private static final Duration FAR = Duration.ofMillis(300);

  /** The far endpoint is the first of the list, and the same server: only the way differs. */
  @Test
  void aSlowEndpointIsLeftToTheQuickOne() {
    try (Relay slow = new Relay(triton.endpoint());
        TritonClient client =
            TritonClient.connect(
                List.of(slow.endpoint(), triton.endpoint()), TritonConfigs.ofRetries(0), () -> 0)) {
      slow.delay(FAR);
      List<String> answered = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answered.add(client.infer(drawing("d" + i, 1, 2)).join().endpoint());
      }
      assertThat(answered).filteredOn(slow.endpoint()::equals).hasSizeBetween(1, 5);
    }
  }

  @Test
  void aRunWithASlowEndpointComesToTheSame() throws Exception {
    String expected = undisturbed();
    try (Relay slow = new Relay(triton.endpoint())) {
      slow.delay(FAR);
      TinyRun two =
          run("far", "triton.endpoints=['" + slow.endpoint() + "','" + triton.endpoint() + "']");
      RunSummary summary = finished(two.start());
      assertThat(summary.iterations()).isEqualTo(3);
      assertThat(two.digest()).isEqualTo(expected);
    }
  }

  @Test
  void aServerThatGetsTooSlowPausesTheRunAtItsDeadlineAndNothingIsTrainedTwice() throws Exception {
    String expected = undisturbed();
    try (Relay wire = new Relay(triton.endpoint())) {
      TinyRun waiting =
          run(
              "deadline",
              "triton.endpoints=['" + wire.endpoint() + "']",
              "triton.deadline=4s",
              "policies.on_generator_failure=pause",
              "policies.on_judge_failure=pause",
              "policies.on_publish_failure=pause");
      Run run = waiting.create();
      List<String> reasons = new ArrayList<>();
      Runnable mend = () -> wire.delay(NEAR);
      RunSummary summary =
          finished(
              run.execute(
                  new Mending(
                      at(1, Progress.Stage.GENERATE, () -> wire.delay(Duration.ofMinutes(5))),
                      run,
                      reasons,
                      mend)));
      assertThat(reasons.get(0)).contains("_TIMEOUT", "DEADLINE", wire.endpoint());
      assertThat(summary.iterations()).isEqualTo(3);
      assertThat(waiting.digest()).isEqualTo(expected);
    }
  }

  /** A judge that takes its time and lets one request wait: Triton refuses what is too much. */
  @Test
  void aFullQueueIsTriedAgainAndNeverBecomesAReward() throws Exception {
    String[] many = {"rollouts.groups=8", "rollouts.iterations=2", "triton.requests_in_flight=8"};
    TinyRun calm = run("calm-many", many);
    finished(calm.start());
    Queue<String> refusals = new ConcurrentLinkedQueue<>();
    try (RealTriton busy = new RealTriton(TinyRun.ROOT, output.resolve("busy-models"))) {
      slowJudge(busy.repository().resolve("shapes_judge"));
      busy.relaunch();
      try (FaultyTriton between = new FaultyTriton(busy.endpoint())) {
        between.inject(listening(refusals));
        TinyRun impatient =
            on(busy, "busy", many)
                .with(
                    "triton.endpoints=['" + between.endpoint() + "']",
                    "triton.retries=0",
                    "policies.on_judge_failure=stop");
        RunSummary refused =
            failed(
                impatient.start(), "JUDGE_UNAVAILABLE", "QUEUE_FULL", "Exceeds maximum queue size");
        assertThat(refused.iterations()).isZero();
        assertThat(refusals).anyMatch(said -> said.contains("Exceeds maximum queue size"));

        refusals.clear();
        RunSummary summary = finished(impatient.goOn("triton.retries=12"));
        assertThat(refusals).anyMatch(said -> said.contains("Exceeds maximum queue size"));
        assertThat(summary.counts()).containsEntry(CountNames.JUDGE_FAILURES, 0L);
        assertThat(impatient.digest()).isEqualTo(calm.digest());
      }
    }
  }

  private static FaultyTriton.Fault listening(Queue<String> refusals) {
    return new FaultyTriton.Fault() {
      @Override
      public void refused(Object request, StatusRuntimeException said) {
        refusals.add(said.getMessage());
      }
    };
  }

  private static void slowJudge(Path judge) throws Exception {
    Path config = judge.resolve("config.pbtxt");
    String text =
        Files.readString(config)
            .replaceFirst("max_batch_size: \\d+", "max_batch_size: 3")
            .replaceFirst(
                "dynamic_batching \\{[^}]*}",
                "dynamic_batching { default_queue_policy { max_queue_size: 1 } }");
    assertThat(text).contains("max_batch_size: 3").contains("max_queue_size: 1");
    overwrite(config, text);
    Path model = judge.resolve("1/model.py");
    overwrite(
        model,
        Files.readString(model)
            + """


            import time


            class Slow(TritonPythonModel):
                def execute(self, requests):
                    time.sleep(0.5)
                    return super().execute(requests)


            TritonPythonModel = Slow
            """);
  }

  /** Sixteen long requests are given up; a short one needn't wait for what they'd have taken. */
  @Test
  void aCancelledRequestStopsOnTheServer() throws Exception {
    try (TritonClient client =
        TritonClient.connect(
            List.of(triton.endpoint()), TritonConfigs.ofBounds(1L << 30, 16), () -> 0)) {
      client.infer(drawing("first", 1, 2)).join();
      long start = System.nanoTime();
      client.infer(drawing("long", 64, 64)).join();
      long one = System.nanoTime() - start;
      List<CompletableFuture<InferAnswer>> unwanted =
          IntStream.range(0, 16).mapToObj(i -> client.infer(drawing("u" + i, 64, 64))).toList();
      Thread.sleep(Duration.ofNanos(one / 2).toMillis());
      unwanted.forEach(answer -> answer.cancel(true));
      start = System.nanoTime();
      client.infer(drawing("short", 1, 2)).join();
      assertThat(System.nanoTime() - start).isLessThan(3 * one);
    }
  }

  private static InferCall drawing(String id, int rows, int steps) {
    long[] shape = {rows, 1};
    int[] none = new int[rows];
    int[] all = none.clone();
    Arrays.fill(all, steps);
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    String[] prompts = new String[rows];
    Arrays.fill(prompts, "a red circle");
    String[] samplers = new String[rows];
    Arrays.fill(samplers, "ode");
    return new InferCall(
        "shapes_generator",
        InferCall.NEWEST,
        id,
        List.of(
            Tensors.ofStrings("prompt", shape, prompts),
            Tensors.ofInt64("seed", shape, LongStream.range(0, rows).toArray()),
            Tensors.ofInt32("steps", shape, all),
            Tensors.ofInt32("sde_start", shape, none),
            Tensors.ofInt32("sde_steps", shape, none),
            Tensors.ofFp32("noise_level", shape, ones),
            Tensors.ofFp32("guidance", shape, ones),
            Tensors.ofStrings("sampler", shape, samplers),
            Tensors.ofInt64(
                "policy_version", shape, LongStream.range(0, rows).map(i -> -1).toArray())),
        List.of("image"),
        0);
  }
}
