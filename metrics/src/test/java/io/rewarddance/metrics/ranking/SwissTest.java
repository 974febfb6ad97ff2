package io.rewarddance.metrics.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.ranking.Swiss.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SwissTest {
  /** Candidates with a worth each, in random order; the worthier is better by some margin. */
  private static List<Integer> worths(int candidates, long seed) {
    List<Integer> worths = new ArrayList<>(IntStream.range(0, candidates).boxed().toList());
    Collections.shuffle(worths, new Random(seed));
    return worths;
  }

  private static List<Pair> play(Swiss swiss, List<Integer> worths) {
    List<Pair> round = swiss.round();
    for (Pair pair : round) {
      double p = 0.5 + (worths.get(pair.first()) - worths.get(pair.second())) * 0.01;
      swiss.met(pair, p, 1 - p);
    }
    return round;
  }

  @Property(tries = 100)
  void noTwoMeetTwiceAndNobodyPlaysTwiceInARound(
      @ForAll @IntRange(min = 1, max = 20) int candidates, @ForAll long seed) {
    List<Integer> worths = worths(candidates, seed);
    Swiss swiss = new Swiss(candidates);
    Set<Set<Integer>> met = new HashSet<>();
    for (int round = 0; round < 6; round++) {
      Set<Integer> playing = new HashSet<>();
      for (Pair pair : play(swiss, worths)) {
        assertThat(met.add(Set.of(pair.first(), pair.second()))).isTrue();
        assertThat(playing.add(pair.first()) && playing.add(pair.second())).isTrue();
      }
    }
    assertThat(met).hasSizeLessThanOrEqualTo(6 * candidates / 2);
    assertThat(swiss.ranking().places()).hasSize(candidates);
  }

  @Property(tries = 100)
  void theBestAndTheWorstOfSixteenAreFoundInFiveRounds(@ForAll long seed) {
    List<Integer> worths = worths(16, seed);
    Swiss swiss = new Swiss(16);
    for (int round = 0; round < 5; round++) {
      assertThat(play(swiss, worths)).hasSizeBetween(7, 8);
    }
    Ranking ranking = swiss.ranking();
    assertThat(worths.get(ranking.top(1)[0])).isEqualTo(15);
    assertThat(worths.get(ranking.bottom(1)[0])).isZero();
    assertThat(worths.get(ranking.top(2)[1])).as("second of the best two").isGreaterThan(8);
  }

  @Test
  void enoughRoundsCompareAll() {
    List<Integer> worths = worths(6, 1);
    Swiss swiss = new Swiss(6);
    int meetings = 0;
    List<Pair> round;
    while (!(round = play(swiss, worths)).isEmpty()) {
      meetings += round.size();
    }
    assertThat(meetings).isEqualTo(15);
    assertThat(IntStream.of(swiss.ranking().top(6)).map(worths::get).toArray())
        .containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void anOddOneSitsOut() {
    assertThat(new Swiss(3).round()).containsExactly(new Pair(0, 1));
    assertThat(new Swiss(1).round()).isEmpty();
  }

  @Test
  void amongEqualWinsWhoMetTheStrongerIsAhead() {
    Swiss swiss = new Swiss(4);
    swiss.met(new Pair(0, 1), 0.9, 0.1);
    swiss.met(new Pair(2, 3), 0.6, 0.4);
    swiss.met(new Pair(0, 2), 0.6, 0.4);
    // 2 lost to the winner of two, 1 lost to it as well, but 2 has beaten somebody.
    assertThat(swiss.ranking().top(4)).containsExactly(0, 2, 1, 3);
  }
}
