package io.rewarddance.driver.search;

import io.rewarddance.driver.generate.Latent;
import io.rewarddance.driver.generate.Leg;
import io.rewarddance.driver.plan.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A tree in the making. Holds the states of kept candidates only: a state is large. */
final class Growing {
  /** A path to be walked next. */
  record Shoot(Growing tree, OptionalInt parent, Leg leg, long seed, Optional<Latent> latent) {}

  /** A candidate that goes on. */
  private record Tip(int id, long seed, Latent latent) {}

  private final Task task;
  private final SearchPlan plan;
  private final long seed;
  private final List<Node> nodes = new ArrayList<>();
  private List<Tip> tips = List.of();

  Growing(Task task, SearchPlan plan, long seed) {
    this.task = task;
    this.plan = plan;
    this.seed = seed;
  }

  Task task() {
    return task;
  }

  /** The paths of a round, in the order of the nodes that they become. */
  List<Shoot> shoots(int round) {
    int stop = plan.reached(round);
    List<Shoot> shoots = new ArrayList<>();
    if (round == 0) {
      for (int i = 0; i < plan.starts(); i++) {
        Leg leg = Leg.fromNoise(plan.steps(), stop);
        shoots.add(new Shoot(this, OptionalInt.empty(), leg, derived(0, i), Optional.empty()));
      }
      return shoots;
    }
    Stage stage = plan.stages().get(round - 1);
    for (Tip tip : tips) {
      for (int i = 0; i < stage.branch(); i++) {
        int begin = i == 0 ? stage.level() : stage.restart();
        Leg leg = new Leg(plan.steps(), stage.level(), begin, stop);
        long own = i == 0 ? tip.seed() : derived(round, shoots.size());
        shoots.add(new Shoot(this, OptionalInt.of(tip.id()), leg, own, Optional.of(tip.latent())));
      }
    }
    return shoots;
  }

  /** Seeds depend on the place in the search only, not on its stages or its budget. */
  private long derived(int round, int place) {
    return Seeds.derive(seed, Seeds.Purpose.SEARCH, task.index(), round, place);
  }

  /**
   * Takes in a round and prunes it.
   *
   * @param grown in the order of the round's shoots; ids and fates are given here
   */
  void add(int round, List<Seen> grown) {
    boolean last = round == plan.rounds() - 1;
    int keep = last ? 1 : plan.stages().get(round).keep();
    List<Integer> best = Pruning.best(grown.stream().map(Seen::answer).toList(), keep);
    int first = nodes.size();
    for (int place = 0; place < grown.size(); place++) {
      nodes.add(grown.get(place).node(first + place, round, fate(grown, best, place, last)));
    }
    tips =
        best.stream()
            .sorted()
            .map(place -> tip(nodes.get(first + place), grown.get(place)))
            .toList();
  }

  private static Fate fate(List<Seen> grown, List<Integer> best, int place, boolean last) {
    if (grown.get(place).answer().isFailed()) {
      return Fate.FAILED;
    }
    return best.contains(place) ? (last ? Fate.CHOSEN : Fate.KEPT) : Fate.PRUNED;
  }

  private static Tip tip(Node node, Seen seen) {
    return new Tip(node.id(), node.seed(), seen.arrival().value().orElseThrow().latent());
  }

  SearchTree tree() {
    return new SearchTree(task, plan, nodes);
  }
}
