package io.rewarddance.driver.engine;

import static io.rewarddance.driver.engine.FaultyServing.asksJudge;
import static io.rewarddance.driver.engine.FaultyServing.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.metrics.advantage.AdvantageEstimator;
import io.rewarddance.metrics.advantage.Presets;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.SetAsideReason;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import io.rewarddance.rollout.store.RolloutTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop with two judges of which one fails, each under its own policy. */
@Timeout(120)
final class JudgePoliciesTest {
  private static final String LEFT_OUT = ", on_failure: leave_out";

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

  /** A judge that answers nonsense about the first image of the requests whose id has this text. */
  private static FaultyTriton.Fault failing(String part) {
    return new FaultyTriton.Fault() {
      @Override
      public ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
        return request.getId().contains(part) ? first(answer, "yes_log_prob", Float.NaN) : answer;
      }
    };
  }

  /** A judge that refuses the requests whose id has this text. */
  private static FaultyTriton.Fault refusing(String part) {
    return new FaultyTriton.Fault() {
      @Override
      public void before(Object request) {
        if (asksJudge(request) && ((ModelInferRequest) request).getId().contains(part)) {
          throw Status.INTERNAL.withDescription("broken judge").asRuntimeException();
        }
      }
    };
  }

  /** {@code match}, and {@code better} with more settings. */
  private TinyRun two(String name, String better, String... sets) {
    return serving
        .run(
            name,
            "judges=[{model: shapes_judge, name: match}, {model: shapes_judge, name: better,"
                + " weight: 0.5, question: pairwise, reference: {kind: random, keep: 1}"
                + better
                + "}]",
            "advantage.mixing=advantage",
            "policies.max_failed_share=0.5",
            "rollouts.iterations=1")
        .with(sets);
  }

  private static IterationRecord record(TinyRun run, int iteration) throws Exception {
    return new LoopEngine().history(run.directory()).orElseThrow().iterations().get(iteration);
  }

  private static RolloutFile rollouts(TinyRun run, int iteration) throws Exception {
    IterationRecord record = record(run, iteration);
    return RolloutReader.read(
        run.directory().resolve(record.rolloutFile()), record.rolloutDigest());
  }

  /** Neither the other judge's answer nor a made-up one stands in for it. */
  @Test
  void aRolloutThatOneOfTwoJudgesFailedOnIsSetAside() throws Exception {
    serving.inject(failing("judge=better"));
    TinyRun aside = two("aside", ", on_failure: set_aside", "policies.on_judge_failure=stop");
    RunSummary summary = aside.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(summary.counts())
        .containsEntry(CountNames.JUDGE_FAILURES, 2L)
        .containsEntry(CountNames.JUDGED, 4L);
    RolloutFile file = rollouts(aside, 0);
    assertThat(file.size()).isEqualTo(4);
    assertThat(file.table().rewardParts()).containsOnlyKeys("match", "better");
    assertThat(file.table().rollout()).doesNotContain(0);
  }

  @Test
  void theStricterPolicyOfTwoFailingJudgesCountsAndNamesItsJudge() throws Exception {
    serving.inject(failing("judge="));
    RunSummary stopped = two("stop", ", on_failure: stop").start();
    assertThat(stopped.phase()).isEqualTo(Phase.FAILED);
    assertThat(stopped.reason()).contains("JUDGE_NOT_FINITE of judge 'better'").contains("NaN");
    serving.restartAtFirstPolicy();
    serving.inject(failing("judge=match"));
    RunSummary aside = two("aside", ", on_failure: stop").start();
    assertThat(aside.phase()).as(aside.reason()).isEqualTo(Phase.FINISHED);
    assertThat(aside.counts()).containsEntry(CountNames.JUDGE_FAILURES, 2L);
  }

  /** Of the first of two groups: it learns from the other judge alone, the second from both. */
  @Test
  void aJudgeMayBeLeftOutOfTheGroupThatItFailedOn() throws Exception {
    serving.inject(failing("iteration=0/group=0/judge=better"));
    TinyRun run = two("without", LEFT_OUT, "policies.max_failed_share=0");
    RunSummary summary = run.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(summary.counts())
        .containsEntry(CountNames.JUDGED, 6L)
        .containsEntry(CountNames.JUDGE_FAILURES, 0L)
        .containsEntry(CountNames.FAILURES_OF_JUDGE + "better", 1L)
        .containsEntry(CountNames.FAILURE + FailureKind.JUDGE_NOT_FINITE, 1L)
        .containsEntry(CountNames.LEFT_OUT, 3L)
        .containsEntry(CountNames.LEFT_OUT_JUDGE + "better", 3L)
        .containsEntry(CountNames.UPDATES, 1L);
    RolloutTable table = rollouts(run, 0).table();
    double[] match = table.rewardParts().get("match");
    double[] better = table.rewardParts().get("better");
    double[] first = alone(Arrays.copyOf(match, 3));
    double[] second = alone(Arrays.copyOfRange(match, 3, 6));
    double[] more = alone(Arrays.copyOfRange(better, 3, 6));
    for (int r = 0; r < 3; r++) {
      assertThat(better[r]).isNaN();
      assertThat(table.yesLogProb().get("better")[r]).isNaN();
      assertThat(table.reward()[r]).isNaN();
      assertThat(table.advantage()[r]).isEqualTo(first[r], within(1e-12));
      assertThat(table.reward()[3 + r]).isEqualTo(match[3 + r] + 0.5 * better[3 + r]);
      assertThat(table.advantage()[3 + r]).isEqualTo(second[r] + 0.5 * more[r], within(1e-12));
    }
    SortedMap<String, Double> metrics = record(run, 0).metrics();
    assertThat(metrics.get(MetricNames.P_YES + ".better"))
        .isEqualTo(Arrays.stream(better, 3, 6).average().orElseThrow(), within(1e-12));
    assertThat(metrics.get(MetricNames.REWARD))
        .isEqualTo(Arrays.stream(table.reward(), 3, 6).average().orElseThrow(), within(1e-12));
    assertThat(run.journal())
        .filteredOn(line -> line.data().path("what").asString("").equals("leaving out"))
        .singleElement()
        .extracting(line -> line.data().path("reason").asString())
        .asString()
        .startsWith("rollouts of iteration 0, 3 of them: JUDGE_NOT_FINITE of judge 'better': ");
  }

  /** As the quickstart's settings have it: group, population, 1e-4, floor 0.05. */
  private static double[] alone(double[] part) {
    return AdvantageEstimator.of(Presets.standard(0.05)).advantages(List.of(part)).get(0);
  }

  @Test
  void aRunWithAJudgeLeftOutGoesOnToTheSameBytes() throws Exception {
    serving.inject(failing("iteration=1/group=1/judge=better"));
    TinyRun whole = two("whole", LEFT_OUT, "rollouts.iterations=3");
    RunSummary end = whole.start();
    assertThat(end.phase()).as(end.reason()).isEqualTo(Phase.FINISHED);
    serving.restartAtFirstPolicy();
    serving.inject(failing("iteration=1/group=1/judge=better"));
    TinyRun killed = two("killed", LEFT_OUT, "rollouts.iterations=3");
    killed.stopAfter(1);
    killed.cutAfter(Kind.STORED);
    Path lost = killed.directory().resolve("rollouts/iteration-000001.h5");
    Files.delete(lost);
    assertThat(killed.goOn().phase()).isEqualTo(Phase.FINISHED);
    assertThat(killed.digest()).isEqualTo(whole.digest());
    assertThat(rollouts(killed, 1).table()).isEqualTo(rollouts(whole, 1).table());
  }

  @Test
  void aJudgeThatIsDownSpeaksByTheMonitorAndTheOtherTrainsOn() throws Exception {
    serving.inject(refusing("judge=better"));
    TinyRun run = two("down", LEFT_OUT, "rollouts.iterations=4", "monitor.window=2");
    RunSummary summary = run.start();
    assertThat(summary.phase()).isEqualTo(Phase.STOPPED);
    assertThat(summary.reason())
        .startsWith("judge-left-out.better: judge 'better' was left out of 100.0 %");
    assertThat(summary.iterations()).isEqualTo(2);
    assertThat(summary.counts()).containsEntry(CountNames.UPDATES, 2L);
    IterationRecord record = record(run, 0);
    assertThat(record.findings())
        .extracting(Finding::rule, Finding::severity)
        .containsExactly(tuple("judge-left-out.better", Severity.WARN));
    assertThat(record.metrics())
        .containsKey(MetricNames.P_YES + ".match")
        .doesNotContainKeys(MetricNames.P_YES, MetricNames.REWARD, MetricNames.REWARD_SIGMA);
    RolloutTable table = rollouts(run, 1).table();
    assertThat(table.rewardParts().get("better")).containsOnly(Double.NaN);
    assertThat(table.rewardParts().get("match")).doesNotContain(Double.NaN);
    serving.inject(FaultyTriton.NONE);
    RunSummary end = run.goOn();
    assertThat(end.phase()).as(end.reason()).isEqualTo(Phase.FINISHED);
    assertThat(record(run, 3).count(CountNames.LEFT_OUT)).isZero();
  }

  /** No judge is left of such a group. */
  @Test
  void whereAllJudgesFailTheGroupIsSetAside() throws Exception {
    serving.inject(refusing("iteration=0/group=0"));
    TinyRun run = two("none", LEFT_OUT, "judges[0].on_failure=leave_out");
    RunSummary summary = run.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(summary.counts())
        .containsEntry(CountNames.JUDGE_FAILURES, 3L)
        .containsEntry(CountNames.SET_ASIDE + SetAsideReason.TOO_FEW_JUDGED, 1L)
        .doesNotContainKey(CountNames.LEFT_OUT);
    assertThat(rollouts(run, 0).size()).isEqualTo(3);
  }
}
