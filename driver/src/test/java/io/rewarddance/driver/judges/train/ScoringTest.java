package io.rewarddance.driver.judges.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.config.JudgeTrainingConfig.Keep;
import io.rewarddance.driver.config.JudgeTrainingConfig.Measure;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Bin;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import io.rewarddance.proto.training.JudgeUpdateResult.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ScoringTest {
  private static final Score ONE =
      new Score(8, 1, 10, 0.5, List.of(new Bin(4, 0.25, 1), new Bin(6, 0.9, 3)));
  private static final Score OTHER =
      new Score(15, 0, 30, 0.7, List.of(new Bin(0, 0, 0), new Bin(30, 0.8, 24)));

  @Test
  void aDomainHasItsShareItsIntervalAndItsCalibration() {
    DomainScore score = Scoring.of(ONE);
    assertThat(score.accuracy()).isEqualTo(0.8);
    // Wilson's interval of 8 of 10.
    assertThat(score.low()).isCloseTo(0.4902, within(1e-4));
    assertThat(score.high()).isCloseTo(0.9433, within(1e-4));
    // 4 pairs at |1/4 - 0.25|, 6 at |3/6 - 0.9|.
    assertThat(score.ece()).isCloseTo(0.24, within(1e-12));
  }

  @Test
  void theWholeIsAllPairsTogether() {
    SortedMap<String, Score> domains = new TreeMap<>(Map.of("a", ONE, "b", OTHER));
    SortedMap<String, DomainScore> scores = Scoring.byDomain(new Validation("v", domains));
    assertThat(scores.keySet()).containsExactly("a", "all", "b");
    DomainScore all = scores.get("all");
    assertThat(all.n()).isEqualTo(40);
    assertThat(all.accuracy()).isEqualTo(23 / 40.0);
    assertThat(all.logLoss()).isCloseTo((0.5 * 10 + 0.7 * 30) / 40, within(1e-12));
    // The second bins merge: 36 pairs at mean (5.4 + 24) / 36, of which 27 came true.
    assertThat(all.ece()).isCloseTo(36 * Math.abs(29.4 / 36 - 27 / 36.0) / 40, within(1e-12));
  }

  private static List<JudgeUpdateResult> results(int... right) {
    List<JudgeUpdateResult> results = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      // The loss falls with every update, so that it decides between equals.
      Score score = new Score(right[i], 0, 100, 1.0 / (i + 1), List.of());
      results.add(
          new JudgeUpdateResult(
              "j",
              i,
              "",
              0,
              "",
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              List.of(new Validation("v", new TreeMap<>(Map.of("", score)))),
              0));
    }
    return results;
  }

  @Test
  void theMostAccurateUpdateIsKeptAndTheLossDecidesBetweenEquals() {
    BestUpdate accuracy = new BestUpdate(new Keep("v", Measure.ACCURACY, 2));
    assertThat(accuracy.of(results(50))).isZero();
    assertThat(accuracy.of(results(50, 70, 60))).isEqualTo(1);
    assertThat(accuracy.of(results(50, 70, 70))).isEqualTo(2);
    assertThat(new BestUpdate(new Keep("v", Measure.LOG_LOSS, 0)).of(results(50, 70, 60)))
        .isEqualTo(2);
  }

  @Test
  void patienceIsUsedUpByUpdatesSinceTheBest() {
    BestUpdate two = new BestUpdate(new Keep("v", Measure.ACCURACY, 2));
    assertThat(two.exhausted(List.of())).isFalse();
    assertThat(two.exhausted(results(70, 60))).isFalse();
    assertThat(two.exhausted(results(70, 60, 65))).isTrue();
    assertThat(two.exhausted(results(70, 60, 80))).isFalse();
    assertThat(new BestUpdate(new Keep("v", Measure.ACCURACY, 0)).exhausted(results(70, 1, 1, 1)))
        .isFalse();
  }
}
