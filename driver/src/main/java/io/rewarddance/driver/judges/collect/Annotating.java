package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.config.PreferencesConfig.Annotator;
import io.rewarddance.driver.plan.RandomStream;
import io.rewarddance.driver.plan.Seeds.Purpose;
import io.rewarddance.rollout.preference.Choice;
import java.util.ArrayList;
import java.util.List;

/** Simulated annotators at work: from true scores to answers. */
final class Annotating {
  /**
   * @param dropped pairs that were left out, as too close
   */
  record Result(List<Answer> answers, int dropped) {
    Result {
      answers = List.copyOf(answers);
    }
  }

  private final PreferenceSetConfig set;
  private final List<Annotator> annotators;
  private final SetSeeds seeds;

  /**
   * @param annotators those of the set
   */
  Annotating(PreferenceSetConfig set, List<Annotator> annotators, SetSeeds seeds) {
    this.set = set;
    this.annotators = List.copyOf(annotators);
    this.seeds = seeds;
  }

  Result answer(List<PlannedPair> pairs, TrueScores scores) {
    List<Answer> answers = new ArrayList<>();
    int dropped = 0;
    for (PlannedPair pair : pairs) {
      double first = scores.of(pair.group(), pair.first());
      double second = scores.of(pair.group(), pair.second());
      if (first == second || Math.abs(first - second) < set.ties()) {
        dropped++;
      } else {
        answers.addAll(answers(pair, first, second));
      }
    }
    return new Result(answers, dropped);
  }

  private List<Answer> answers(PlannedPair pair, double first, double second) {
    RandomStream random =
        new RandomStream(seeds.of(Purpose.ANNOTATION, pair.group(), pair.number()));
    int[] order = random.permutation(annotators.size());
    List<Answer> answers = new ArrayList<>(set.answers());
    for (int i = 0; i < set.answers(); i++) {
      Annotator annotator = annotators.get(order[i]);
      double seenFirst = first + annotator.noise() * random.normal();
      double seenSecond = second + annotator.noise() * random.normal();
      boolean flipped = random.uniform() < annotator.flip();
      boolean prefersFirst = (seenFirst > seenSecond) != flipped;
      answers.add(
          new Answer(
              pair,
              annotator.name(),
              prefersFirst ? Choice.FIRST : Choice.SECOND,
              prefersFirst == first > second));
    }
    return answers;
  }
}
