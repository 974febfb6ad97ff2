package io.rewarddance.driver.engine;

import static io.rewarddance.driver.engine.FaultyServing.asksJudge;
import static io.rewarddance.driver.engine.FaultyServing.first;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.YesProbability;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop against a server that fails, over the same way as to any Triton. */
@Timeout(120)
final class FaultsTest {
  @TempDir Path output;

  private FaultyServing serving;

  @BeforeEach
  void serve() throws Exception {
    serving = new FaultyServing(output);
  }

  @AfterEach
  void end() {
    serving.close();
  }

  private static boolean draws(Object request) {
    return request instanceof ModelInferRequest infer
        && infer.getModelName().equals("shapes_generator")
        && !infer.getId().startsWith("canary");
  }

  @Test
  void anExternalServerIsTrainedAsTheEmbeddedOneIs() throws Exception {
    TinyRun outside = serving.run("outside");
    TinyRun inside =
        TinyRun.quickstart(output, "inside")
            .with("evaluate.every=0", "evaluate.held_out_images=0", "evaluate.grid=0");
    RunSummary one = outside.start();
    RunSummary two = inside.start();
    assertThat(one.phase()).as(one.reason()).isEqualTo(Phase.FINISHED);
    assertThat(one.policyDigest()).isEqualTo(two.policyDigest());
  }

  @Test
  void aJudgesNonsenseNeverBecomesAReward() throws Exception {
    for (float nonsense : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 3f, -40f}) {
      serving.restartAtFirstPolicy();
      serving.inject(
          new FaultyTriton.Fault() {
            @Override
            public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
              return asksJudge(request)
                  ? first(first(answer, "yes_log_prob", nonsense), "no_log_prob", -40f)
                  : answer;
            }
          });
      TinyRun tiny =
          serving.run(
              "nonsense" + nonsense,
              "policies.on_judge_failure=set_aside",
              "policies.max_failed_share=0.5",
              "rollouts.iterations=1");
      RunSummary summary = tiny.start();
      assertThat(summary.phase()).as(nonsense + ": " + summary.reason()).isEqualTo(Phase.FINISHED);
      assertThat(summary.counts()).containsEntry(CountNames.JUDGE_FAILURES, 2L);
      assertThat(summary.counts()).containsEntry(CountNames.JUDGED, 4L);
      IterationRecord record =
          new LoopEngine().history(tiny.directory()).orElseThrow().iterations().get(0);
      RolloutFile file = RolloutReader.read(tiny.directory().resolve(record.rolloutFile()));
      assertThat(file.size()).isEqualTo(4);
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsAFailureOfTheJudgeAndIsNotTrainedOn() throws Exception {
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
            return asksJudge(request) ? first(answer, "image_gradient", Float.NaN) : answer;
          }
        });
    TinyRun tiny =
        serving.run("gradient", "training.algorithm=refl", "policies.max_failed_share=0.5");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    // One image of each of the two groups' requests.
    assertThat(summary.counts())
        .containsEntry(CountNames.JUDGE_FAILURES, 6L)
        .containsEntry(CountNames.FAILURE + FailureKind.JUDGE_NOT_FINITE, 6L);
    IterationRecord record =
        new LoopEngine().history(tiny.directory()).orElseThrow().iterations().get(0);
    RolloutFile file = RolloutReader.read(tiny.directory().resolve(record.rolloutFile()));
    assertThat(file.size()).isEqualTo(4);
    assertThat(file.table().rollout()).doesNotContain(0);
  }

  /** Such an answer is sound, P(yes) is 0, but of no use as a reward. */
  @Test
  void anAnswerWithoutLogOddsCountsAsTheJudgesFailure() throws Exception {
    for (boolean tooMany : new boolean[] {false, true}) {
      serving.restartAtFirstPolicy();
      serving.inject(
          new FaultyTriton.Fault() {
            @Override
            public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
              return asksJudge(request)
                  ? first(answer, "yes_log_prob", Float.NEGATIVE_INFINITY)
                  : answer;
            }
          });
      TinyRun tiny =
          serving.run(
              "log-odds-" + tooMany,
              "judges[0].transform=log_odds",
              "policies.on_judge_failure=set_aside",
              "policies.max_failed_share=" + (tooMany ? 0.3 : 0.4),
              "rollouts.iterations=1");
      RunSummary summary = tiny.start();
      assertThat(summary.phase())
          .as(summary.reason())
          .isEqualTo(tooMany ? Phase.FAILED : Phase.FINISHED);
      if (tooMany) {
        assertThat(summary.reason())
            .contains("JUDGE_NOT_FINITE")
            .contains("failed rollouts: 2 of 6 (expected: at most a share of 0.3)")
            .contains("log odds: -Infinity (expected: a finite number)");
      } else {
        assertThat(summary.counts()).containsEntry(CountNames.JUDGE_FAILURES, 2L);
        assertThat(summary.counts()).containsEntry(CountNames.JUDGED, 4L);
      }
    }
  }

  @Test
  void failuresThatPassAreRetriedToTheSameResult() throws Exception {
    TinyRun calm = serving.run("calm");
    RunSummary expected = calm.start();
    serving.restartAtFirstPolicy();
    AtomicInteger calls = new AtomicInteger();
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public void before(Object request) {
            if (request instanceof ModelInferRequest && calls.incrementAndGet() % 3 == 0) {
              throw FaultyTriton.unavailable();
            }
          }
        });
    RunSummary summary = serving.run("rough", "triton.retries=8").start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(summary.policyDigest()).isEqualTo(expected.policyDigest());
    assertThat(calls.get()).isGreaterThan(6);
  }

  @Test
  void aJudgeThatStaysAwayStopsTheRunAndNothingIsLost() throws Exception {
    serving.inject(
        new FaultyTriton.Fault() {
          private final AtomicInteger asked = new AtomicInteger();

          @Override
          public void before(Object request) {
            if (asksJudge(request) && asked.incrementAndGet() > 2) {
              throw FaultyTriton.unavailable();
            }
          }
        });
    TinyRun tiny = serving.run("gone", "policies.on_judge_failure=stop");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains("JUDGE_UNAVAILABLE").contains("injected");
    serving.inject(FaultyTriton.NONE);
    RunSummary end = tiny.goOn();
    assertThat(end.phase()).as(end.reason()).isEqualTo(Phase.FINISHED);
    assertThat(end.iterations()).isEqualTo(3);
  }

  /** Asked again it says yes to the first image of each batch; later it answers as it should. */
  @Test
  void aNoisyJudgeRaisesTheFloorOnceForTheWholeRun() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
            boolean sayYes = asksJudge(request) && request.getId().contains("repeat=1");
            return sayYes ? first(first(answer, "yes_log_prob", 0), "no_log_prob", -40) : answer;
          }
        });
    TinyRun tiny = serving.run("noisy", "advantage.noise_repeats=2");
    Noise first = new Noise(1);
    assertThat(first.execute(tiny.create()).phase()).isEqualTo(Phase.STOPPED);
    assertThat(first.deviation).isGreaterThan(0.1);
    assertThat(first.floor).isEqualTo(first.deviation);
    serving.inject(FaultyTriton.NONE);
    Noise second = new Noise(0);
    assertThat(second.execute(tiny.resume()).phase()).isEqualTo(Phase.FINISHED);
    assertThat(second.deviation).isEqualTo(first.deviation);
    JournalLine prepared =
        tiny.journal().stream().filter(l -> l.kind() == Kind.PREPARED).findFirst().orElseThrow();
    assertThat(prepared.data().at("/noise/deviation").asDouble()).isEqualTo(first.deviation);
    assertThat(prepared.data().at("/noise/repeats").asInt()).isEqualTo(2);
  }

  /**
   * Stops a run after so many iterations, 0 = never, and keeps what it said of the judges' noise.
   */
  private static final class Noise implements RunListener {
    private final int iterations;
    private double deviation = -1;
    private double floor = -1;
    private Run run;

    Noise(int iterations) {
      this.iterations = iterations;
    }

    RunSummary execute(Run run) {
      this.run = run;
      return run.execute(this);
    }

    @Override
    public void judgeNoise(double deviation, double floor) {
      this.deviation = deviation;
      this.floor = floor;
    }

    @Override
    public void iterationFinished(IterationRecord record) {
      if (record.iteration() + 1 == iterations) {
        run.control().stop("enough");
      }
    }
  }

  @Test
  void tooManyFailuresEndTheRun() throws Exception {
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public void before(Object request) {
            if (asksJudge(request)) {
              throw Status.INTERNAL.withDescription("broken judge").asRuntimeException();
            }
          }
        });
    RunSummary summary = serving.run("most", "policies.on_judge_failure=set_aside").start();
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains("6 of 6").contains("broken judge");
  }

  @Test
  void imagesOfAnotherPolicyAreNotTrainedOn() throws Exception {
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
            return draws(request) ? stale(answer) : answer;
          }
        });
    RunSummary summary = serving.run("stale", "policies.on_generator_failure=stop").start();
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains("GENERATOR_WRONG_POLICY");
    assertThat(summary.iterations()).isZero();
  }

  private static ModelInferResponse stale(ModelInferResponse answer) {
    ModelInferResponse.Builder stale = answer.toBuilder();
    for (int i = 0; i < answer.getOutputsCount(); i++) {
      if (answer.getOutputs(i).getName().equals("policy_version")) {
        byte[] bytes = answer.getRawOutputContents(i).toByteArray();
        bytes[0] = 9;
        stale.setRawOutputContents(i, ByteString.copyFrom(bytes));
      }
    }
    return stale.build();
  }

  @Test
  void aLoadThatIsRefusedLeavesTheOldPolicyInService() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public void before(Object request) {
            if (request instanceof RepositoryModelLoadRequest && loads.incrementAndGet() == 3) {
              throw Status.INTERNAL.withDescription("no memory").asRuntimeException();
            }
          }
        });
    TinyRun tiny = serving.run("refused", "policies.on_publish_failure=stop");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains("PUBLISH_ERROR").contains("no memory");
    assertThat(summary.iterations()).isEqualTo(1);
    assertThat(summary.policyVersion()).isEqualTo(2);
    RunSummary end = tiny.goOn();
    assertThat(end.phase()).as(end.reason()).isEqualTo(Phase.FINISHED);
    assertThat(end.policyVersion()).isEqualTo(4);
  }

  @Test
  void aPauseAfterAFailureWaitsForPeople() throws Exception {
    serving.inject(
        new FaultyTriton.Fault() {
          @Override
          public void before(Object request) {
            if (asksJudge(request)) {
              throw FaultyTriton.unavailable();
            }
          }
        });
    TinyRun tiny = serving.run("waits", "policies.on_judge_failure=pause");
    Run run = tiny.create();
    RunSummary summary =
        run.execute(
            new RunListener() {
              @Override
              public void paused(String reason) {
                assertThat(reason).contains("JUDGE_UNAVAILABLE");
                serving.inject(FaultyTriton.NONE);
                run.control().resume();
              }
            });
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    RunHistory history = new LoopEngine().history(tiny.directory()).orElseThrow();
    assertThat(history.iterations()).allMatch(r -> r.count(CountNames.JUDGE_FAILURES) == 0);
  }

  /** One fault after another, of every kind that a judge has; every third answer is sound. */
  private static FaultyTriton.Fault everyKind() {
    AtomicInteger asked = new AtomicInteger();
    float[] nonsense = {Float.NaN, Float.POSITIVE_INFINITY, 2f, -60f};
    return new FaultyTriton.Fault() {
      @Override
      public void before(Object request) {
        int n = asksJudge(request) ? asked.incrementAndGet() : 0;
        if (n % 6 == 1) {
          throw n % 12 == 1
              ? FaultyTriton.unavailable()
              : Status.INTERNAL.withDescription("died").asRuntimeException();
        }
      }

      @Override
      public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
        int n = asked.get();
        return asksJudge(request) && n % 3 == 2
            ? first(
                first(answer, "yes_log_prob", nonsense[n / 3 % nonsense.length]),
                "no_log_prob",
                -60f)
            : answer;
      }
    };
  }

  @Test
  void everyRewardThatIsTrainedOnIsWhatTheJudgeSaysOfThatImage() throws Exception {
    serving.inject(everyKind());
    TinyRun tiny =
        serving.run(
            "counted",
            "policies.on_judge_failure=set_aside",
            "policies.max_failed_share=1",
            "monitor.on_stop_finding=go_on",
            "triton.retries=0",
            "rollouts.iterations=6",
            "rollouts.groups=4");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    serving.inject(FaultyTriton.NONE);
    long stored = 0;
    for (IterationRecord record :
        new LoopEngine().history(tiny.directory()).orElseThrow().iterations()) {
      long failed = record.count(CountNames.JUDGE_FAILURES);
      assertThat(record.count(CountNames.JUDGED) + failed).isEqualTo(12);
      stored += record.rolloutFile().isEmpty() ? 0 : compare(tiny, record);
    }
    assertThat(summary.counts().get(CountNames.JUDGE_FAILURES)).isGreaterThan(5);
    assertThat(stored).isGreaterThan(20);
  }

  /** Asks the judge again about every stored image. */
  private long compare(TinyRun run, IterationRecord record) throws Exception {
    RolloutFile file =
        RolloutReader.read(run.directory().resolve(record.rolloutFile()), record.rolloutDigest());
    assertThat((long) file.size()).isEqualTo(record.count(CountNames.JUDGED));
    RunConfig config = run.load().config();
    try (TritonClient client =
        TritonClient.connect(List.of(serving.endpoint()), config.triton(), () -> 0)) {
      ServedModel model =
          ServedModel.of(client.controls().get(0).modelConfig("shapes_judge").join());
      Judge judge = new Judge(config.judges().get(0), model, client::infer);
      List<Subject> subjects =
          file.toBatch().rollouts().stream()
              .map(r -> r.scored().generation())
              .map(g -> new Subject(g.prompt(), g.sample(), List.of()))
              .toList();
      List<Outcome<YesProbability>> answers = judge.judge("again", subjects).join();
      for (int i = 0; i < file.size(); i++) {
        assertThat(file.table().reward()[i])
            .isEqualTo(answers.get(i).value().orElseThrow().probability());
      }
    }
    return file.size();
  }
}
