package io.rewarddance.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.plan.Seeds.Purpose;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  /** Golden: a seed that changes breaks every run that is to be resumed or repeated. */
  @Test
  void seedsNeverChangeBetweenVersions() {
    assertThat(Seeds.derive(7, Purpose.ROLLOUT, 0, 0, 0)).isEqualTo(3167992149630043406L);
    assertThat(Seeds.derive(7, Purpose.ROLLOUT, 3, 5, 2)).isEqualTo(6223436549057589773L);
    assertThat(Seeds.derive(7, Purpose.UPDATE, 3)).isEqualTo(6450381180669569344L);
    assertThat(Seeds.derive(7, Purpose.CANARY)).isEqualTo(8632209307422871798L);
    assertThat(Seeds.derive(-1, Purpose.REFERENCE, 0, -5, 1)).isEqualTo(6495709221089774627L);
    assertThat(Seeds.permutation(8, 42)).containsExactly(0, 2, 3, 1, 6, 7, 5, 4);
  }

  @Test
  void theFormulaIsSplitMixAsDocumented() {
    long gamma = 0x9E3779B97F4A7C15L;
    long state = splitMix(7 + 2 * gamma);
    state = splitMix(state + 4 * gamma);
    assertThat(Seeds.derive(7, Purpose.UPDATE, 3)).isEqualTo(state & Long.MAX_VALUE);
  }

  private static long splitMix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Property(tries = 20)
  void noTwoSeedsOfARunAreEqual(@ForAll long seed) {
    Map<Long, String> seen = new HashMap<>();
    for (Purpose purpose : Purpose.values()) {
      for (int a = 0; a < 40; a++) {
        add(seen, Seeds.derive(seed, purpose, a), purpose + " " + a);
        for (int b = 0; b < 12; b++) {
          add(seen, Seeds.derive(seed, purpose, a, b), purpose + " " + a + " " + b);
          for (int c = 0; c < 8; c++) {
            add(seen, Seeds.derive(seed, purpose, a, b, c), purpose + " " + a + b + c);
          }
        }
      }
    }
    assertThat(seen.keySet()).allMatch(derived -> derived >= 0);
  }

  private static void add(Map<Long, String> seen, long seed, String of) {
    assertThat(seen.put(seed, of)).as("another seed equal to that of %s", of).isNull();
  }

  @Property
  void aPermutationHasEveryNumberOnce(@ForAll @IntRange(max = 200) int size, @ForAll long seed) {
    assertThat(Seeds.permutation(size, seed))
        .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
  }

  /** 1000 +- 4 sigma: a shuffle that favours a place shows. */
  @Test
  void everyNumberComesToEveryPlaceEquallyOften() {
    int[][] counts = new int[6][6];
    for (int seed = 0; seed < 6000; seed++) {
      int[] order = Seeds.permutation(6, Seeds.derive(seed, Purpose.PROMPTS, 0));
      for (int place = 0; place < 6; place++) {
        counts[order[place]][place]++;
      }
    }
    for (int[] places : counts) {
      assertThat(IntStream.of(places)).allMatch(count -> count > 880 && count < 1120);
    }
  }

  @Property
  void belowIsBelow(@ForAll @IntRange(min = 1, max = 50) int bound, @ForAll long seed) {
    assertThat(Seeds.below(bound, seed)).isBetween(0, bound - 1);
  }
}
