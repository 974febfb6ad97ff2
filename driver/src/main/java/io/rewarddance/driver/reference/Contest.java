package io.rewarddance.driver.reference;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Question;
import io.rewarddance.metrics.ranking.Ranking;
import io.rewarddance.metrics.ranking.Swiss;
import io.rewarddance.metrics.ranking.WinCount;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Candidates of one prompt, ranked by a judge's comparisons; each is made in both orders. */
final class Contest {
  private final Judge judge;
  private final String id;
  private final Prompt prompt;
  private final List<Pixels> images;

  Contest(Judge judge, String id, Prompt prompt, List<Pixels> images) {
    this.judge = judge;
    this.id = id;
    this.prompt = prompt;
    this.images = images;
  }

  /**
   * The ranking; fails when a comparison does.
   *
   * @param rounds of a Swiss tournament; empty = every two are compared
   */
  CompletableFuture<Ranking> ranking(OptionalInt rounds) {
    return rounds.isPresent()
        ? swiss(new Swiss(images.size()), rounds.getAsInt()).thenApply(Swiss::ranking)
        : all();
  }

  private CompletableFuture<Swiss> swiss(Swiss swiss, int rounds) {
    List<Swiss.Pair> pairs = rounds == 0 ? List.of() : swiss.round();
    if (pairs.isEmpty()) {
      return CompletableFuture.completedFuture(swiss);
    }
    List<Question> questions = new ArrayList<>();
    for (Swiss.Pair pair : pairs) {
      questions.add(question(pair.first(), pair.second()));
      questions.add(question(pair.second(), pair.first()));
    }
    return ask("/rounds-left=" + rounds, questions)
        .thenCompose(
            answers -> {
              for (int i = 0; i < pairs.size(); i++) {
                swiss.met(pairs.get(i), answers.get(2 * i), answers.get(2 * i + 1));
              }
              return swiss(swiss, rounds - 1);
            });
  }

  private CompletableFuture<Ranking> all() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      for (int j = 0; j < images.size(); j++) {
        if (i != j) {
          questions.add(question(i, j));
        }
      }
    }
    return ask("", questions).thenApply(this::rank);
  }

  private Ranking rank(List<Double> answers) {
    double[][] better = new double[images.size()][images.size()];
    int next = 0;
    for (int i = 0; i < images.size(); i++) {
      for (int j = 0; j < images.size(); j++) {
        better[i][j] = i == j ? Double.NaN : answers.get(next++);
      }
    }
    return WinCount.rank(better);
  }

  /** Is the one better than the other? */
  private Question question(int one, int other) {
    return new Question(prompt, images.get(one), Optional.of(images.get(other)));
  }

  private CompletableFuture<List<Double>> ask(String suffix, List<Question> questions) {
    return judge
        .ask(id + suffix, questions)
        .thenApply(
            answers -> Outcome.all(answers).stream().map(YesProbability::probability).toList());
  }
}
