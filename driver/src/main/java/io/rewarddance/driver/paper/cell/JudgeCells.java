package io.rewarddance.driver.paper.cell;

import java.util.ArrayList;
import java.util.List;

/** Preferences, and the judges trained on them: the same data and steps for all. */
final class JudgeCells {
  /** The cell that every judge needs. */
  static final String PREFERENCES = "preferences/shared";

  /** The cell that judges with reasons need as well. */
  static final String REASONS = "preferences/with-reasons";

  private static final String SETS = Cell.CELLS + "/" + PREFERENCES + "/sets/";
  private static final String SETS_WITH_REASONS = Cell.CELLS + "/" + REASONS + "/sets/";

  /** Sets of the preferences template after the first one, which is trained on. */
  private static final List<String> TEST_SETS =
      List.of("selection", "in-domain", "new-prompts", "new-source", "corrupted");

  private static final int PAIRS_OF_A_STEP = 48;

  private final Profile profile;
  private final int round;
  private final long seed;

  JudgeCells(Profile profile, int round, long seed) {
    this.profile = profile;
    this.round = round;
    this.seed = seed;
  }

  /** All sets. */
  static Cell preferences(Profile profile, long seed) {
    int test = profile.judging().testGroups();
    return preferences(PREFERENCES, profile, seed, test, List.of());
  }

  /** The training set once more, with reasons; the test sets are the others'. */
  static Cell preferencesWithReasons(Profile profile, long seed) {
    return preferences(REASONS, profile, seed, 1, List.of("sets[0].reasons=true"));
  }

  private static Cell preferences(
      String id, Profile profile, long seed, int testGroups, List<String> more) {
    int trainGroups = profile.judging().trainGroups();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "name='sets'",
                "output='" + Cell.CELL + "'",
                "seed=" + seed,
                "sets[0].groups=" + trainGroups));
    for (int i = 1; i <= TEST_SETS.size(); i++) {
      settings.add("sets[" + i + "].groups=" + testGroups);
    }
    settings.addAll(more);
    int groups = trainGroups + TEST_SETS.size() * testGroups;
    return new Cell(
        id, CellKind.PREFERENCES, List.of(), 0, seed, List.of(), settings, groups, null);
  }

  Cell pointwise(Rung rung) {
    List<Role> roles = new ArrayList<>(List.of(new Role(Table.LADDER, rung.label())));
    if (rung == RunCells.MIDDLE) {
      roles.add(new Role(Table.PARADIGMS, "pointwise-generative"));
    }
    return judge("pointwise-generative", "none", rung, roles);
  }

  Cell regressive(Rung rung) {
    String recipe = "pointwise-regressive";
    return judge(recipe, "none", rung, List.of(new Role(Table.PARADIGMS, recipe)));
  }

  Cell pairwise(Rung rung) {
    String recipe = "pairwise-generative";
    return judge(
        recipe,
        "none",
        rung,
        List.of(new Role(Table.PARADIGMS, recipe), new Role(Table.REASONS, "without")));
  }

  Cell reasons(Rung rung) {
    return judge(
        "pairwise-generative", "decision-first", rung, List.of(new Role(Table.REASONS, "with")));
  }

  private Cell judge(String recipe, String reasons, Rung rung, List<Role> roles) {
    boolean plain = reasons.equals("none");
    String form = plain ? recipe : recipe + "-reasons";
    String name = form + "-" + rung.label() + "-seed" + seed;
    Profile.Judging size = profile.judging();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "judge='" + name + "'",
                "output='" + Cell.CELL + "'",
                "seed=" + seed,
                "recipe=" + recipe,
                "reasons=" + reasons,
                "updates=" + size.updates(),
                "steps=" + size.steps(),
                "preferences='" + (plain ? SETS : SETS_WITH_REASONS) + "train.h5'",
                "publish.repository='" + Cell.OUT + "/repository'",
                "publish.model='" + model(name) + "'",
                "publish.replace=true",
                "base='" + Cell.base(rung) + "'"));
    for (int i = 0; i < TEST_SETS.size(); i++) {
      String set = TEST_SETS.get(i);
      settings.add("validation[" + i + "]={name: " + set + ", file: '" + SETS + set + ".h5'}");
    }
    return new Cell(
        "judge/" + name,
        CellKind.JUDGE,
        roles,
        round,
        seed,
        plain ? List.of(PREFERENCES) : List.of(PREFERENCES, REASONS),
        settings,
        (double) size.updates()
            * size.steps()
            * PAIRS_OF_A_STEP
            * JudgeCost.training(rung, recipe.startsWith("pairwise"), !plain),
        null);
  }

  /** The model that a judge cell publishes. */
  static String model(Cell judge) {
    return model(judge.name());
  }

  private static String model(String name) {
    return name.replace('-', '_');
  }
}
