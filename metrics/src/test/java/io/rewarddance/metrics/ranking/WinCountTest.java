package io.rewarddance.metrics.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WinCountTest {
  private static final double NONE = Double.NaN;

  @Test
  void theMostWinsComeFirst() {
    double[][] better = {
      {NONE, .9, .2},
      {.1, NONE, .3},
      {.8, .7, NONE}
    };
    Ranking ranking = WinCount.rank(better);
    assertThat(ranking.top(3)).containsExactly(2, 0, 1);
    assertThat(ranking.top(1)).containsExactly(2);
    assertThat(ranking.bottom(2)).containsExactly(0, 1);
    assertThat(ranking.places().get(0)).isEqualTo(new Ranking.Place(2, 2, 2, .75));
  }

  @Test
  void oneOrderOfAskingIsEnough() {
    double[][] better = {
      {NONE, .9, .2},
      {NONE, NONE, .3},
      {NONE, NONE, NONE}
    };
    Ranking ranking = WinCount.rank(better);
    assertThat(ranking.top(3)).containsExactly(2, 0, 1);
    assertThat(ranking.places().get(0).probability()).isCloseTo(.75, within(1e-12));
  }

  @Test
  void contradictingOrdersAreATie() {
    double[][] better = {
      {NONE, .7},
      {.7, NONE}
    };
    Ranking ranking = WinCount.rank(better);
    assertThat(ranking.places()).allMatch(place -> place.wins() == .5);
    assertThat(ranking.top(2)).as("ties go by index").containsExactly(0, 1);
  }

  @Test
  void equalWinsGoByProbability() {
    double[][] cycle = {
      {NONE, .6, .4},
      {.4, NONE, .9},
      {.6, .1, NONE}
    };
    assertThat(WinCount.rank(cycle).top(3)).containsExactly(1, 0, 2);
  }

  @Test
  void aFailedQuestionIsNotALoss() {
    double[][] better = {
      {NONE, NONE, .9},
      {NONE, NONE, .4},
      {.1, .6, NONE}
    };
    Ranking ranking = WinCount.rank(better);
    assertThat(ranking.top(3)).containsExactly(0, 2, 1);
    assertThat(ranking.places().get(0).meetings()).isEqualTo(1);
  }

  @Test
  void aCandidateWithoutAnyAnswerIsLast() {
    double[][] better = {
      {NONE, NONE, NONE},
      {NONE, NONE, .1},
      {NONE, .9, NONE}
    };
    assertThat(WinCount.rank(better).top(3)).containsExactly(2, 1, 0);
  }

  @Property(tries = 200)
  void wheneverTheJudgeIsConsistentTheOrderIsTheTruth(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 16) int n) {
    double[] quality = new Random(seed).doubles(n).toArray();
    double[][] better = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        better[i][j] = 1 / (1 + Math.exp(quality[j] - quality[i]));
      }
    }
    int[] order = WinCount.rank(better).top(n);
    double[] ranked = Arrays.stream(order).mapToDouble(i -> -quality[i]).toArray();
    assertThat(ranked).isSorted();
    double wins = WinCount.rank(better).places().stream().mapToDouble(Ranking.Place::wins).sum();
    assertThat(wins).as("each meeting has one point").isEqualTo(n * (n - 1) / 2.);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> WinCount.rank(new double[][] {{NONE, 1.5}, {.5, NONE}}))
        .hasMessage("better[0][1]: 1.5 (expected: in [0, 1], or NaN)");
    assertThatThrownBy(() -> WinCount.rank(new double[][] {{NONE, .5}}))
        .hasMessage("better[0]: 2 values (expected: 1)");
    assertThatThrownBy(() -> WinCount.rank(new double[0][]).top(1))
        .hasMessage("k: 1 (expected: 0 to 0 candidates)");
  }
}
