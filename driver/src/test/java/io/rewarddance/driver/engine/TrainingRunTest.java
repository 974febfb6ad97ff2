package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with the shipped models, small. */
@Timeout(120)
final class TrainingRunTest {
  private static final String GRPO = "shapes-grpo.yaml";
  private static final String WINDOW = "rollouts.sde_start_max=0";

  @TempDir Path output;

  @Test
  void trainsAndLeavesEverythingThatTheReportNeeds() throws Exception {
    TinyRun run = TinyRun.quickstart(output, "whole");
    RunSummary summary = run.start();
    assertThat(summary.phase()).isEqualTo(Phase.FINISHED);
    assertThat(summary.iterations()).isEqualTo(3);
    assertThat(summary.policyVersion()).isEqualTo(4);
    assertThat(summary.before()).isPresent();
    assertThat(summary.after().orElseThrow().images()).isEqualTo(6);
    assertThat(summary.counts()).containsEntry(CountNames.ROLLOUTS, 18L);
    RunHistory history = new LoopEngine().history(run.directory()).orElseThrow();
    for (IterationRecord record : history.iterations()) {
      check(run.directory(), record);
    }
    assertThat(run.journal().stream().map(JournalLine::kind))
        .containsExactly(
            Kind.START,
            Kind.EVALUATED,
            Kind.STORED,
            Kind.ITERATION,
            Kind.STORED,
            Kind.ITERATION,
            Kind.EVALUATED,
            Kind.STORED,
            Kind.ITERATION,
            Kind.EVALUATED,
            Kind.END);
  }

  /** What the record says of the files is so; every policy is another one. */
  private static void check(Path directory, IterationRecord record) throws Exception {
    RolloutFile file =
        RolloutReader.read(directory.resolve(record.rolloutFile()), record.rolloutDigest());
    assertThat(file.size()).isEqualTo(6);
    assertThat(file.header().policy().version()).isEqualTo(record.policyVersion() - 1);
    Path weights = directory.resolve("policies/" + record.policyVersion() + "/weights.safetensors");
    assertThat(Sha256.of(weights)).isEqualTo(record.policyDigest());
    assertThat(record.policyDigest()).isNotEqualTo(file.header().policy().digest());
  }

  /** ReFL alone and beside NFT: the whole way of a gradient, from the judge into the weights. */
  @Test
  void judgesImageGradientsTrainTheGenerator() throws Exception {
    TinyRun refl =
        TinyRun.quickstart(
            output,
            "refl",
            "training.algorithm=refl",
            "rollouts.steps_max=5",
            "training.schedule.kind=constant");
    RunSummary summary = refl.start();
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(summary.policyVersion()).isEqualTo(4);
    RunHistory history = new LoopEngine().history(refl.directory()).orElseThrow();
    for (IterationRecord record : history.iterations()) {
      RolloutFile file = RolloutReader.read(refl.directory().resolve(record.rolloutFile()));
      int steps = file.header().sampler().steps();
      assertThat(steps).isBetween(3, 5);
      assertThat(file.header().sampler().sdeStart()).isEqualTo(steps - 1);
      assertThat(file.toBatch().rollouts()).allMatch(rollout -> rollout.trained());
      double norm = file.toBatch().rollouts().get(0).scored().gradient().orElseThrow().norm();
      assertThat(norm).isPositive();
      assertThat(record.metrics().get(MetricNames.IMAGE_GRADIENT_NORM_MAX))
          .isGreaterThanOrEqualTo(norm);
      assertThat(record.metrics().get(MetricNames.GRADIENT_NORM)).isPositive();
    }
    assertThat(summary.firstRatioDeviation().orElseThrow()).isGreaterThan(0).isLessThan(1e-5);
    RunSummary mixed = TinyRun.quickstart(output, "mixed", "training.refl.weight=0.1").start();
    RunSummary plain = TinyRun.quickstart(output, "plain").start();
    assertThat(mixed.phase()).as(mixed.reason()).isEqualTo(Phase.FINISHED);
    assertThat(mixed.policyDigest()).isNotEqualTo(plain.policyDigest());
  }

  /** A listener may wait for a terminal that is held: the network mustn't wait with it. */
  @Test
  void progressIsToldOffTheNetworksThreads() throws Exception {
    Set<String> tellers = ConcurrentHashMap.newKeySet();
    RunListener listener =
        new RunListener() {
          @Override
          public void progress(Progress progress) {
            tellers.add(progress.stage() + " by " + Thread.currentThread().getName());
          }
        };
    RunSummary summary =
        TinyRun.quickstart(output, "told", "rollouts.iterations=1").create().execute(listener);
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    assertThat(tellers)
        .anyMatch(teller -> teller.startsWith("GENERATE"))
        .anyMatch(teller -> teller.startsWith("JUDGE"))
        .noneMatch(teller -> teller.contains("triton-io"));
  }

  @Test
  void equalSeedsGiveEqualDigestsUnderAnyName() throws Exception {
    TinyRun first = TinyRun.quickstart(output, "first");
    TinyRun second = TinyRun.quickstart(output, "second");
    RunSummary one = first.start();
    RunSummary two = second.start();
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(two.policyDigest()).isEqualTo(one.policyDigest());
    TinyRun third = TinyRun.quickstart(output, "third", "seed=8");
    third.start();
    assertThat(third.digest()).isNotEqualTo(first.digest());
  }

  @Test
  void samplerAndTrainerAgreeOnThePolicy() throws Exception {
    for (String sampler : List.of("flow-sde", "dance-sde", "cps")) {
      RunSummary grpo =
          TinyRun.of(
                  output,
                  sampler,
                  GRPO,
                  WINDOW,
                  "rollouts.sampler=" + sampler,
                  "rollouts.sde_steps=2")
              .start();
      assertThat(grpo.phase()).as(grpo.reason()).isEqualTo(Phase.FINISHED);
      assertThat(grpo.firstRatioDeviation().orElseThrow())
          .as(sampler)
          .isGreaterThan(0)
          .isLessThan(1e-5);
    }
    RunSummary nft = TinyRun.quickstart(output, "nft", "rollouts.iterations=1").start();
    assertThat(nft.firstRatioDeviation().orElseThrow()).isGreaterThan(0).isLessThan(1e-5);
  }

  @Test
  void aStoppedRunGoesOnToTheSameEnd() throws Exception {
    TinyRun whole = TinyRun.quickstart(output, "whole");
    whole.start();
    TinyRun stopped = TinyRun.quickstart(output, "stopped");
    RunSummary half = stopped.stopAfter(0);
    assertThat(half.phase()).isEqualTo(Phase.STOPPED);
    assertThat(half.reason()).isEqualTo("enough");
    assertThat(half.iterations()).isEqualTo(1);
    RunSummary end = stopped.goOn();
    assertThat(end.phase()).isEqualTo(Phase.FINISHED);
    assertThat(stopped.digest()).isEqualTo(whole.digest());
  }

  /** The shipped judge gives the same answer every time. */
  @Test
  void aJudgeWithoutNoiseLeavesTheFloorAsItIs() throws Exception {
    TinyRun plain = TinyRun.quickstart(output, "plain");
    plain.start();
    TinyRun asked = TinyRun.quickstart(output, "asked", "advantage.noise_repeats=2");
    RunSummary half = asked.stopAfter(0);
    assertThat(half.phase()).as(half.reason()).isEqualTo(Phase.STOPPED);
    asked.goOn();
    assertThat(asked.journal())
        .filteredOn(line -> line.kind() == Kind.PREPARED)
        .extracting(line -> line.data().toString())
        .containsExactly("{\"noise\":{\"images\":24,\"repeats\":2,\"deviation\":0.0}}");
    assertThat(new LoopEngine().history(asked.directory()).orElseThrow().iterations())
        .extracting(IterationRecord::policyDigest)
        .isEqualTo(
            new LoopEngine()
                .history(plain.directory()).orElseThrow().iterations().stream()
                    .map(IterationRecord::policyDigest)
                    .toList());
  }

  @Test
  void aPausedRunWaitsAndGoesOn() throws Exception {
    TinyRun tiny = TinyRun.quickstart(output, "paused");
    Run run = tiny.create();
    run.control().pause("look first");
    RunSummary summary =
        run.execute(
            new RunListener() {
              @Override
              public void paused(String reason) {
                assertThat(reason).isEqualTo("look first");
                new Thread(run.control()::resume).start();
              }
            });
    assertThat(summary.phase()).isEqualTo(Phase.FINISHED);
    assertThat(tiny.journal().stream().filter(line -> line.kind() == Kind.NOTE)).hasSize(2);
  }

  @Test
  void aTornLineADamagedFileAndLostDirectoriesAreMadeAgain() throws Exception {
    TinyRun whole = TinyRun.quickstart(output, "whole");
    whole.start();
    List<BiConsumer<TinyRun, Path>> damages =
        List.of(
            (run, directory) -> append(directory.resolve("journal.jsonl"), "{\"kind\":\"iter"),
            (run, directory) -> flip(directory.resolve("rollouts/iteration-000001.h5")),
            (run, directory) ->
                flip(directory.resolve("repository/shapes_generator/2/weights.safetensors")));
    for (int i = 0; i < damages.size(); i++) {
      TinyRun hurt = TinyRun.quickstart(output, "hurt" + i);
      assertThat(hurt.stopAfter(1).phase()).isEqualTo(Phase.STOPPED);
      hurt.cutAfter(Kind.STORED);
      damages.get(i).accept(hurt, hurt.directory());
      RunSummary end = hurt.goOn();
      assertThat(end.phase()).as("damage %d: %s", i, end.reason()).isEqualTo(Phase.FINISHED);
      assertThat(hurt.digest()).as("damage " + i).isEqualTo(whole.digest());
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void flip(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.delete(file);
      Files.write(file, bytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void settingsThatDecideResultsCantBeChangedInTheMiddle() throws Exception {
    TinyRun tiny = TinyRun.quickstart(output, "changed");
    tiny.stopAfter(0);
    RunSummary refused = tiny.goOn("rollouts.group_size=4");
    assertThat(refused.phase()).isEqualTo(Phase.FAILED);
    assertThat(refused.reason()).contains("rollouts.groupSize: 4 (expected: 3)");
    assertThat(tiny.goOn("policies.retries=1").phase()).isEqualTo(Phase.FINISHED);
  }

  @Test
  void aFinishedRunAndAStrangeDirectoryAreRefused() throws Exception {
    TinyRun tiny = TinyRun.quickstart(output, "finished", "rollouts.iterations=1");
    tiny.start();
    assertThatThrownBy(tiny::resume)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("finished");
    assertThatThrownBy(tiny::create)
        .isInstanceOf(RunException.class)
        .hasMessageContaining("exists");
    assertThatThrownBy(() -> new LoopEngine().history(output))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("there is no journal");
  }

  @Test
  void pairwiseJudgesCompareWithTheSameReferencesAfterAnInterruption() throws Exception {
    String[] sets = {"rollouts.iterations=2", "evaluate.every=0"};
    TinyRun whole = TinyRun.of(output, "whole", "quickstart-pairwise.yaml", sets);
    RunSummary end = whole.start();
    assertThat(end.phase()).as(end.reason()).isEqualTo(Phase.FINISHED);
    TinyRun stopped = TinyRun.of(output, "stopped", "quickstart-pairwise.yaml", sets);
    stopped.stopAfter(0);
    assertThat(stopped.goOn().phase()).isEqualTo(Phase.FINISHED);
    assertThat(stopped.digest()).isEqualTo(whole.digest());
    assertThat(end.counts()).containsEntry(CountNames.JUDGED, 12L);
  }

  @Test
  void theTimeLimitEndsARunInOrder() throws Exception {
    TinyRun tiny = TinyRun.quickstart(output, "limited", "time_limit=1ms");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).isEqualTo(Phase.FINISHED);
    assertThat(summary.iterations()).isEqualTo(1);
    assertThat(summary.reason()).contains("time_limit");
    assertThat(summary.after()).isPresent();
  }

  @Test
  void aRunThatCantStartSaysWhy() throws Exception {
    TinyRun tiny =
        TinyRun.quickstart(
            output,
            "nowhere",
            "triton.endpoints=['127.0.0.1:9']",
            "publish.directory="
                + TinyRun.ROOT.resolve("triton-models/repository").toAbsolutePath().normalize(),
            "triton.retries=0",
            "triton.deadline=1s");
    RunSummary summary = tiny.start();
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains("127.0.0.1:9");
    assertThat(new LoopEngine().history(tiny.directory())).isEmpty();
  }
}
