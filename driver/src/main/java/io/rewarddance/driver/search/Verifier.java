package io.rewarddance.driver.search;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Arrival;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.search.Growing.Shoot;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at candidates: the judge's P(yes) steers the search, the oracle only measures what came of
 * it.
 */
public final class Verifier {
  private final Judge judge;
  private final Optional<Oracle> oracle;

  /**
   * @param judge asked the pointwise question
   */
  public Verifier(Judge judge, Optional<Oracle> oracle) {
    if (judge.isPairwise()) {
      throw new IllegalArgumentException(
          "judge '"
              + judge.name()
              + "': pairwise (expected: pointwise, a search has no reference)");
    }
    this.judge = judge;
    this.oracle = oracle;
  }

  /**
   * One for each shoot, in order; what couldn't be drawn isn't asked about.
   *
   * @throws io.rewarddance.driver.failure.StepFailedException when the oracle fails
   */
  List<Seen> look(String id, List<Shoot> shoots, List<Outcome<Arrival>> arrivals) {
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < shoots.size(); i++) {
      Prompt prompt = shoots.get(i).tree().task().prompt();
      arrivals
          .get(i)
          .value()
          .ifPresent(drawn -> subjects.add(new Subject(prompt, drawn.sample(), List.of())));
    }
    CompletableFuture<List<Outcome<YesProbability>>> judged = judge.judge(id, subjects);
    CompletableFuture<List<Outcome<Gold>>> measured = measure(id, subjects);
    Iterator<Outcome<YesProbability>> answers = judged.join().iterator();
    Iterator<Gold> golds = Outcome.all(measured.join()).iterator();
    List<Seen> seen = new ArrayList<>(shoots.size());
    for (int i = 0; i < shoots.size(); i++) {
      Outcome<Arrival> arrival = arrivals.get(i);
      if (arrival.failure().isPresent()) {
        Outcome<YesProbability> none = Outcome.failed(arrival.failure().get());
        seen.add(new Seen(shoots.get(i), arrival, none, Optional.empty()));
      } else {
        Optional<Gold> gold = oracle.map(model -> golds.next());
        seen.add(new Seen(shoots.get(i), arrival, answers.next(), gold));
      }
    }
    return seen;
  }

  private CompletableFuture<List<Outcome<Gold>>> measure(String id, List<Subject> subjects) {
    if (oracle.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return oracle
        .get()
        .measure(
            id, subjects.stream().map(s -> new Oracle.Exhibit(s.prompt(), s.sample())).toList());
  }
}
