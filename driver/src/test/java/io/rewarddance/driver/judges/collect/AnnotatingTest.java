package io.rewarddance.driver.judges.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig.Annotator;
import io.rewarddance.rollout.preference.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AnnotatingTest {
  private static final int PAIRS = 2000;

  private static Annotating.Result answer(
      double first, double second, int answers, Annotator... annotators) {
    PreferenceSetConfig set =
        TestSets.set("s", 1, OptionalInt.empty(), 0, answers, Optional.empty());
    List<PlannedPair> pairs = new ArrayList<>();
    Map<TrueScores.Asked, Double> scores = new HashMap<>();
    for (int i = 0; i < PAIRS; i++) {
      PlannedPair pair = new PlannedPair(i, new ImageId(i, 0), new ImageId(i, 1), 0);
      pairs.add(pair);
      scores.put(new TrueScores.Asked(i, pair.first()), first);
      scores.put(new TrueScores.Asked(i, pair.second()), second);
    }
    return new Annotating(set, List.of(annotators), new SetSeeds(7, "s"))
        .answer(pairs, new TrueScores(scores));
  }

  private static double right(Annotating.Result result) {
    return (double) result.answers().stream().filter(Answer::right).count()
        / result.answers().size();
  }

  @Test
  void anExactAnnotatorPrefersTheBetterOne() {
    Annotating.Result result = answer(0.2, 0.5, 1, new Annotator("e", 0, 0));
    assertThat(result.answers())
        .hasSize(PAIRS)
        .allMatch(a -> a.preferred() == Choice.SECOND && a.right());
    assertThat(result.answers().get(3).rejected()).isEqualTo(new ImageId(3, 0));
    assertThat(result.dropped()).isZero();
  }

  @Test
  void pairsThatAreTooCloseAreLeftOut() {
    assertThat(answer(0.5, 0.55, 1, new Annotator("e", 0, 0)).dropped()).isEqualTo(PAIRS);
    assertThat(answer(0.5, 0.61, 1, new Annotator("e", 0, 0)).dropped()).isZero();
  }

  @Test
  void noiseErrsAsOftenAsItsNormalSays() {
    // The difference of two scores has sqrt(2) times the deviation: P(wrong) = Phi(-0.3 / 0.3).
    double share = right(answer(0.5, 0.2, 1, new Annotator("n", 0.3 / Math.sqrt(2), 0)));
    assertThat(share).isBetween(0.841 - 0.03, 0.841 + 0.03);
  }

  @Test
  void flipsTurnTheirShareRound() {
    assertThat(right(answer(0.5, 0.2, 1, new Annotator("f", 0, 0.25)))).isBetween(0.22 + 0.5, 0.78);
  }

  @Test
  void severalAnswersComeFromDifferentAnnotators() {
    Annotating.Result result =
        answer(0.5, 0.2, 2, new Annotator("a", 0, 0), new Annotator("b", 0, 0.5));
    assertThat(result.answers()).hasSize(2 * PAIRS);
    for (int i = 0; i < 2 * PAIRS; i += 2) {
      assertThat(result.answers().get(i).annotator())
          .isNotEqualTo(result.answers().get(i + 1).annotator());
    }
    assertThat(right(result)).isBetween(0.72, 0.78);
  }
}
