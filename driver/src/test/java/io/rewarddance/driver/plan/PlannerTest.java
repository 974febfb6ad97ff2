package io.rewarddance.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.RolloutConfig;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PlannerTest {
  private static RolloutConfig config(int groups, int size, OptionalInt startMax) {
    return new RolloutConfig(
        100, groups, size, 10, OptionalInt.empty(), Sampler.FLOW_SDE, 1, 3, startMax, 0.7, 1.5);
  }

  private static Planner planner(long seed, OptionalInt startMax) {
    return new Planner(seed, config(4, 6, startMax), Prompts.of(3, 5));
  }

  @Property(tries = 50)
  void thePlanDependsOnNothingButSeedAndIteration(
      @ForAll long seed, @ForAll @IntRange(max = 5000) int iteration) {
    Planner used = planner(seed, OptionalInt.of(6));
    used.plan(iteration / 2);
    IterationPlan plan = planner(seed, OptionalInt.of(6)).plan(iteration);
    assertThat(used.plan(iteration)).isEqualTo(plan);
    assertThat(plan.iteration()).isEqualTo(iteration);
    assertThat(planner(seed + 1, OptionalInt.of(6)).plan(iteration)).isNotEqualTo(plan);
    assertThat(used.plan(iteration + 1).updateSeed()).isNotEqualTo(plan.updateSeed());
  }

  @Test
  void aPlanHasWhatTheConfigurationAsksFor() {
    IterationPlan plan = planner(7, OptionalInt.empty()).plan(3);
    assertThat(plan.rollouts()).isEqualTo(24);
    assertThat(plan.groups())
        .extracting(GroupPlan::id)
        .containsExactly(
            new GroupId(3, 0), new GroupId(3, 1), new GroupId(3, 2), new GroupId(3, 3));
    assertThat(plan.groups()).allMatch(group -> group.seeds().size() == 6);
    assertThat(plan.sampler().sampler()).isEqualTo(Sampler.FLOW_SDE);
    assertThat(plan.sampler().steps()).isEqualTo(10);
    assertThat(plan.sampler().sdeStart()).isEqualTo(1);
    assertThat(plan.sampler().sdeSteps()).isEqualTo(3);
    assertThat(plan.sampler().noiseLevel()).isEqualTo(0.7f);
    assertThat(plan.sampler().guidance()).isEqualTo(1.5f);
  }

  /**
   * Seeds, and so windows and prompts, are for good: a resumed run of an older version has them.
   */
  @Test
  void thePlanNeverChangesBetweenVersions() {
    IterationPlan plan = planner(7, OptionalInt.of(6)).plan(3);
    assertThat(plan.updateSeed()).isEqualTo(6450381180669569344L);
    assertThat(plan.sampler().sdeStart()).isEqualTo(3);
    assertThat(plan.groups().get(1).seeds().get(2)).isEqualTo(2952903810310702844L);
    assertThat(plan.groups())
        .extracting(group -> group.prompt().text())
        .containsExactly("prompt 0.0", "prompt 1.1", "prompt 0.2", "prompt 1.0");
  }

  @Test
  void promptsGoOnWhereTheIterationBeforeEnded() {
    Planner planner = planner(7, OptionalInt.empty());
    PromptOrder order = new PromptOrder(Prompts.of(3, 5), 7);
    for (int iteration = 0; iteration < 10; iteration++) {
      IterationPlan plan = planner.plan(iteration);
      for (int g = 0; g < 4; g++) {
        assertThat(plan.groups().get(g).prompt()).isEqualTo(order.at(iteration * 4L + g));
      }
    }
  }

  @Test
  void aDrawnWindowStaysInItsBoundsAndReachesBoth() {
    Set<Integer> starts = new HashSet<>();
    for (int iteration = 0; iteration < 200; iteration++) {
      starts.add(planner(7, OptionalInt.of(6)).plan(iteration).sampler().sdeStart());
    }
    assertThat(starts)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 6).boxed().toList());
  }

  @Test
  void whereGradientsArePushedTheOdeRecordsItsLastStepAndItsLengthIsDrawn() {
    RolloutConfig config =
        new RolloutConfig(
            9, 4, 6, 3, OptionalInt.of(6), Sampler.ODE, 0, 0, OptionalInt.empty(), 0.7, 1);
    Planner planner = new Planner(7, config, Prompts.of(3, 5), /* lateStates= */ true);
    Set<Integer> lengths = new HashSet<>();
    for (int iteration = 0; iteration < 100; iteration++) {
      SamplerSettings sampler = planner.plan(iteration).sampler();
      lengths.add(sampler.steps());
      assertThat(sampler.sdeStart()).isEqualTo(sampler.steps() - 1);
      assertThat(sampler.sdeSteps()).isEqualTo(1);
      assertThat(sampler.records(sampler.steps() - 1)).isTrue();
      assertThat(sampler.records(sampler.steps())).isTrue();
    }
    assertThat(lengths).containsExactlyInAnyOrder(3, 4, 5, 6);
    assertThat(new Planner(7, config, Prompts.of(3, 5)).plan(0).sampler().sdeSteps()).isZero();
  }

  @Test
  void noSeedComesTwiceInALongRun() {
    Planner planner = new Planner(7, config(24, 8, OptionalInt.empty()), Prompts.of(3, 5));
    List<Long> seeds = new ArrayList<>();
    for (int iteration = 0; iteration < 500; iteration++) {
      planner.plan(iteration).groups().forEach(group -> seeds.addAll(group.seeds()));
    }
    assertThat(new HashSet<>(seeds)).hasSize(500 * 24 * 8);
  }
}
