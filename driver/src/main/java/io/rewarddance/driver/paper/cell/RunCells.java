package io.rewarddance.driver.paper.cell;

import java.util.ArrayList;
import java.util.List;

/** RL runs, each rewarded by one judge alone. */
final class RunCells {
  /** The size at which everything but size is compared. */
  static final Rung MIDDLE = Rung.M;

  private static final int MINIBATCH = 48;
  private static final int HACKING_TIMES = 2;
  private static final int HACKING_EVERY = 5;

  /** Prompts in the template's training file, about: references are made for each. */
  private static final int TRAIN_PROMPTS = 610;

  /** An update's share of a rollout, in the time that drawing an image takes. */
  private static final double UPDATE = 1;

  private final Profile profile;
  private final Profile.Driving size;
  private final int round;
  private final long seed;

  RunCells(Profile profile, int round, long seed) {
    this.profile = profile;
    this.size = profile.driving();
    this.round = round;
    this.seed = seed;
  }

  Cell ladder(Rung rung, Cell judge) {
    List<Role> roles = new ArrayList<>(List.of(new Role(Table.LADDER, rung.label())));
    if (rung == MIDDLE) {
      roles.add(new Role(Table.PARADIGMS, "pointwise-generative"));
      roles.add(new Role(Table.ALGORITHMS, Algorithm.NFT.label()));
    }
    return run("ladder/" + rung.label(), roles, judge, pointwise(judge), base(), training(rung));
  }

  Cell paradigm(String recipe, Cell judge) {
    List<Role> roles = List.of(new Role(Table.PARADIGMS, recipe));
    return run("paradigms/" + recipe, roles, judge, pointwise(judge), base(), training(MIDDLE));
  }

  Cell references(ReferenceChoice choice, Cell judge) {
    List<Role> roles = new ArrayList<>(List.of(new Role(Table.REFERENCES, choice.label())));
    if (choice == ReferenceChoice.BEST_OF_16) {
      roles.add(new Role(Table.PARADIGMS, "pairwise-generative"));
      roles.add(new Role(Table.REASONS, "without"));
    }
    String name = "references/" + choice.label();
    return run(name, roles, judge, pairwise(judge, choice), base(), compared(choice));
  }

  Cell reasons(Cell judge) {
    ReferenceChoice choice = ReferenceChoice.BEST_OF_16;
    List<Role> roles = List.of(new Role(Table.REASONS, "with"));
    return run("reasons/with", roles, judge, pairwise(judge, choice), base(), compared(choice));
  }

  Cell algorithm(Algorithm algorithm, Cell judge) {
    List<String> settings = new ArrayList<>(base());
    settings.addAll(algorithm.settings());
    settings.add("rollouts.iterations=" + algorithm.iterations(size.iterations()));
    if (algorithm == Algorithm.REFL) {
      // It compares nothing: as many images in as many more prompts.
      settings.add("rollouts.groups=" + size.rollouts() / 2);
      settings.add("rollouts.group_size=2");
    }
    List<Role> roles = List.of(new Role(Table.ALGORITHMS, algorithm.label()));
    return run(
        "algorithms/" + algorithm.label(),
        roles,
        judge,
        pointwise(judge),
        settings,
        training(MIDDLE));
  }

  Cell hacking(Cell judge) {
    int iterations = HACKING_TIMES * size.iterations();
    List<String> settings = new ArrayList<>(base());
    settings.add("rollouts.iterations=" + iterations);
    settings.add("evaluate.every=" + HACKING_EVERY);
    settings.add("evaluate.probe_images=" + size.probe());
    settings.addAll(
        List.of(
            "training.kl_weight=0",
            "training.nft_hold_below=0",
            "training.optimizer.muon_learning_rate=0.012",
            "training.optimizer.learning_rate=0.002",
            "training.schedule.kind=constant"));
    double probes = (double) iterations / HACKING_EVERY * size.probe();
    return run(
        "hacking/xs",
        List.of(new Role(Table.HACKING, Rung.XS.label())),
        judge,
        pointwise(judge),
        settings,
        HACKING_TIMES * training(Rung.XS) + probes);
  }

  private List<String> base() {
    return List.of(
        "rollouts.iterations=" + size.iterations(),
        "rollouts.groups=" + size.groups(),
        "rollouts.group_size=" + size.groupSize(),
        "training.minibatch=" + Math.min(MINIBATCH, size.rollouts()),
        "evaluate.held_out_images=" + size.heldOut(),
        "evaluate.grid=" + Math.min(24, size.heldOut()));
  }

  private static String pointwise(Cell judge) {
    return "{model: %s, name: judge, question: pointwise}".formatted(JudgeCells.model(judge));
  }

  private static String pairwise(Cell judge, ReferenceChoice choice) {
    return "{model: %s, name: judge, question: pairwise, reference: %s}"
        .formatted(JudgeCells.model(judge), choice.yaml());
  }

  /** Rollouts and the two evaluations, in drawn images. */
  private double training(Rung rung) {
    double rollouts = (double) size.iterations() * size.rollouts();
    double drawn = rollouts + 2 * size.heldOut();
    return drawn * (1 + JudgeCost.answer(rung)) + rollouts * UPDATE;
  }

  private double compared(ReferenceChoice choice) {
    int prompts =
        Math.min(TRAIN_PROMPTS, size.iterations() * size.groups()) + Math.min(size.heldOut(), 115);
    double chosen = prompts * (choice.candidates() + choice.questions() * JudgeCost.answer(MIDDLE));
    return training(MIDDLE) + chosen;
  }

  private Cell run(
      String id, List<Role> roles, Cell judge, String asked, List<String> more, double work) {
    String name = id.substring(id.indexOf('/') + 1) + "-seed" + seed;
    String directory = id.substring(0, id.indexOf('/'));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "run='" + name + "'",
                "output='" + Cell.CELL + "'",
                "seed=" + seed,
                "triton.repository='" + Cell.OUT + "/repository'",
                "judges=[" + asked + "]"));
    settings.addAll(more);
    return new Cell(
        directory + "/" + name,
        CellKind.RUN,
        roles,
        round,
        seed,
        List.of(judge.id()),
        settings,
        work,
        null);
  }
}
