package io.rewarddance.driver.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PruningTest {
  /** -1 stands for a failed answer, else tenths of P(yes): many are equal. */
  private static List<Outcome<YesProbability>> answers(List<Integer> tenths) {
    return tenths.stream().map(t -> t < 0 ? failed() : Outcome.of(yes((t + 0.5) / 11))).toList();
  }

  private static Outcome<YesProbability> failed() {
    return Outcome.failed(FailureKind.JUDGE_TIMEOUT, "late");
  }

  private static YesProbability yes(double p) {
    return new YesProbability(Math.log(p), Math.log(1 - p));
  }

  @Property
  void theBestAreKeptAndFailuresNever(
      @ForAll @Size(max = 12) List<@IntRange(min = -1, max = 10) Integer> tenths,
      @ForAll @IntRange(min = 1, max = 14) int keep) {
    List<Integer> best = Pruning.best(answers(tenths), keep);
    long answered = tenths.stream().filter(t -> t >= 0).count();
    assertThat(best).doesNotHaveDuplicates().hasSize((int) Math.min(keep, answered));
    assertThat(best).allMatch(place -> tenths.get(place) >= 0);
    for (int i = 0; i < tenths.size(); i++) {
      if (!best.contains(i) && tenths.get(i) >= 0) {
        int score = tenths.get(i);
        int place = i;
        assertThat(best)
            .allMatch(
                kept -> tenths.get(kept) > score || (tenths.get(kept) == score && kept < place));
      }
    }
  }

  @Test
  void whatRoundsToOneIsStillToldApart() {
    YesProbability high = new YesProbability(0, -60);
    YesProbability higher = new YesProbability(0, -70);
    assertThat(high.probability()).isEqualTo(higher.probability());
    assertThat(Pruning.best(List.of(Outcome.of(high), Outcome.of(higher)), 1)).containsExactly(1);
  }
}
