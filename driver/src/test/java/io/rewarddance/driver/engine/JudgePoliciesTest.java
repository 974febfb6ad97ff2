package io.rewarddance.driver.engine;

import static io.rewarddance.driver.engine.FaultyServing.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop with two judges of which one fails, each under its own policy. */
@Timeout(120)
final class JudgePoliciesTest {
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
}
