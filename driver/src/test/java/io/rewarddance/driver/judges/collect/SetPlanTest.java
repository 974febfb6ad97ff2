package io.rewarddance.driver.judges.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SetPlanTest {
  private static SetPlan plan(String name, int groups, OptionalInt pairs, double mismatched) {
    return new SetPlan(TestSets.set(name, groups, pairs, mismatched), TestSets.PROMPTS, 7);
  }

  @Test
  void allPairsOfAGroupComeOnceEach() {
    SetPlan plan = plan("train", 3, OptionalInt.empty(), 0);
    Map<Integer, Set<Set<Integer>>> byGroup =
        plan.pairs().stream()
            .collect(
                Collectors.groupingBy(
                    PlannedPair::group,
                    Collectors.mapping(
                        p -> Set.of(p.first().member(), p.second().member()), Collectors.toSet())));
    assertThat(plan.pairs()).hasSize(18).allMatch(p -> p.first().group() == p.group());
    assertThat(byGroup.values()).allSatisfy(pairs -> assertThat(pairs).hasSize(6));
  }

  @Test
  void fewerPairsAreDrawnWithoutRepetitionAndInBothOrders() {
    List<PlannedPair> pairs = plan("train", 200, OptionalInt.of(3), 0).pairs();
    assertThat(pairs).hasSize(600).doesNotHaveDuplicates();
    long rising = pairs.stream().filter(p -> p.first().member() < p.second().member()).count();
    assertThat(rising).isBetween(240L, 360L);
  }

  @Test
  void mismatchedPairsAreOfAnotherPromptOfTheSameCategory() {
    SetPlan plan = plan("train", 200, OptionalInt.of(3), 0.5);
    List<PlannedPair> mismatched =
        plan.pairs().stream().filter(p -> p.first().group() != p.second().group()).toList();
    assertThat(mismatched.size()).isBetween(240, 360);
    assertThat(mismatched)
        .allSatisfy(
            pair -> {
              boolean ownFirst = pair.first().group() == pair.group();
              int other = (ownFirst ? pair.second() : pair.first()).group();
              assertThat(ownFirst || pair.second().group() == pair.group()).isTrue();
              assertThat(prompt(plan, other).text())
                  .isNotEqualTo(prompt(plan, pair.group()).text());
              assertThat(prompt(plan, other).category())
                  .isEqualTo(prompt(plan, pair.group()).category());
            });
  }

  private static io.rewarddance.rollout.Prompt prompt(SetPlan plan, int group) {
    return plan.groups().get(group).prompt();
  }

  @Test
  void sourcesMeetEveryCategoryEquallyOften() {
    Map<String, Long> met =
        plan("train", 600, OptionalInt.of(1), 0).groups().stream()
            .collect(
                Collectors.groupingBy(
                    g -> g.source() + g.prompt().category(), Collectors.counting()));
    assertThat(met).hasSize(6).allSatisfy((key, count) -> assertThat(count).isBetween(70L, 130L));
  }

  @Test
  void aSetsPlanFollowsFromSeedAndName() {
    SetPlan plan = plan("train", 20, OptionalInt.of(3), 0.3);
    assertThat(plan("train", 20, OptionalInt.of(3), 0.3).pairs()).isEqualTo(plan.pairs());
    assertThat(plan("other", 20, OptionalInt.of(3), 0.3).pairs()).isNotEqualTo(plan.pairs());
    ImageId image = new ImageId(3, 1);
    assertThat(plan("other", 20, OptionalInt.of(3), 0).imageSeed(image))
        .isNotEqualTo(plan.imageSeed(image));
    // A longer set begins with the shorter one.
    assertThat(plan("train", 40, OptionalInt.of(3), 0).groups().subList(0, 20))
        .isEqualTo(plan.groups());
  }
}
