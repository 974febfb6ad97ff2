package io.rewarddance.driver.search.page;

import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.driver.search.PathSearch;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.SearchTree;
import io.rewarddance.driver.search.Stage;
import io.rewarddance.driver.search.Task;
import io.rewarddance.driver.search.Verifier;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.driver.testing.ToyOracle;
import io.rewarddance.driver.testing.ToyPaths;
import io.rewarddance.rollout.Prompt;
import java.util.List;
import java.util.Optional;

/** Trees of a toy search, some of whose answers fail. */
final class Trees {
  private Trees() {}

  static SearchTree wide() {
    SearchPlan plan = new SearchPlan(8, 30, List.of(new Stage(3, 4, 2, 1), new Stage(5, 2, 2, 2)));
    ToyJudge judge = new ToyJudge((red, none) -> red % 7 == 0 ? Double.NaN : (red + 1) / 258.0);
    Verifier verifier = new Verifier(judge.pointwise("judge"), Optional.of(ToyOracle.sound()));
    return new PathSearch(ToyPaths.sound().generator(), verifier, OnFailure.PRUNE, 11)
        .run(plan, List.of(new Task(0, new Prompt(0, "a <b> & \"c\"", ""))))
        .get(0);
  }
}
