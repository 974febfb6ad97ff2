package io.rewarddance.driver.search.job;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.search.Verifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models of a search, by name.
 *
 * @param judge the verifier, asked pointwise
 * @param oracle measures and never steers
 */
public record SearchRoles(String generator, String judge, Optional<String> oracle) {
  private static final double MASS_FLOOR = 0.5;

  /** All that will be asked. */
  public Set<String> all() {
    Set<String> all = new TreeSet<>(List.of(generator, judge));
    oracle.ifPresent(all::add);
    return all;
  }

  PathGenerator painter(AdHocModels open) throws IOException {
    return new PathGenerator(open.describe(generator), open.inference(), 1);
  }

  Verifier verifier(AdHocModels open) throws IOException {
    JudgeConfig asked =
        new JudgeConfig(
            judge,
            judge,
            1,
            JudgeConfig.Question.POINTWISE,
            "",
            false,
            MASS_FLOOR,
            Optional.empty(),
            JudgeConfig.Transform.PROBABILITY);
    Optional<Oracle> measured = Optional.empty();
    if (oracle.isPresent()) {
      measured = Optional.of(new Oracle(open.describe(oracle.get()), open.inference()));
    }
    return new Verifier(new Judge(asked, open.describe(judge), open.inference()), measured);
  }
}
