package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.driver.plan.PromptOrder;
import io.rewarddance.driver.plan.RandomStream;
import io.rewarddance.driver.plan.Seeds.Purpose;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;

/** What a set draws and compares, before anything is drawn: a function of settings and seed. */
final class SetPlan {
  private final PreferenceSetConfig set;
  private final SetSeeds seeds;
  private final List<PlannedGroup> groups;

  SetPlan(PreferenceSetConfig set, List<Prompt> prompts, long seed) {
    this.set = set;
    this.seeds = new SetSeeds(seed, set.name());
    this.groups = groups(new PromptOrder(prompts, seeds.of(Purpose.COLLECTION_PROMPTS)));
  }

  private List<PlannedGroup> groups(PromptOrder order) {
    List<PlannedGroup> planned = new ArrayList<>(set.groups());
    for (int g = 0; g < set.groups(); g++) {
      String source = source(g);
      String reference =
          set.reference().flatMap(PreferenceSetConfig.Reference::source).orElse(source);
      planned.add(new PlannedGroup(g, order.at(g), source, reference));
    }
    return List.copyOf(planned);
  }

  /**
   * Sources take turns, each round in a new random order: were it always the same, categories,
   * which take turns as well, might always meet the same source.
   */
  private String source(int group) {
    int count = set.sources().size();
    long round = seeds.of(Purpose.COLLECTION_PROMPTS, group / count);
    return set.sources().get(new RandomStream(round).permutation(count)[group % count]);
  }

  List<PlannedGroup> groups() {
    return groups;
  }

  /** Images drawn for each group: its members, then candidates for its reference. */
  int imagesOfGroup() {
    return set.groupSize()
        + set.reference().map(PreferenceSetConfig.Reference::candidates).orElse(0);
  }

  /** Seed of an image. */
  long imageSeed(ImageId image) {
    return seeds.of(Purpose.COLLECTION_IMAGE, image.group(), image.member());
  }

  SetSeeds seeds() {
    return seeds;
  }

  /** All pairs, group by group. */
  List<PlannedPair> pairs() {
    List<PlannedPair> pairs = new ArrayList<>();
    for (PlannedGroup group : groups) {
      RandomStream random = new RandomStream(seeds.of(Purpose.COLLECTION_PAIRS, group.index()));
      int[] order = random.permutation(set.groupSize() * (set.groupSize() - 1) / 2);
      for (int number = 0; number < set.pairsOfGroup(); number++) {
        pairs.add(pair(group.index(), order[number], number, random));
      }
    }
    return pairs;
  }

  private PlannedPair pair(int group, int code, int number, RandomStream random) {
    ImageId one = new ImageId(group, low(code));
    ImageId other = new ImageId(group, code - low(code) * (low(code) - 1) / 2);
    boolean mismatched = random.uniform() < set.mismatched();
    boolean turned = random.uniform() < 0.5;
    ImageId second = mismatched ? elsewhere(group, random) : other;
    return turned
        ? new PlannedPair(group, second, one, number)
        : new PlannedPair(group, one, second, number);
  }

  /** The larger member of a pair's code: codes 0, 1, 2, 3, ... are (1,0), (2,0), (2,1), (3,0). */
  private static int low(int code) {
    int larger = 1;
    while ((larger + 1) * larger / 2 <= code) {
      larger++;
    }
    return larger;
  }

  /** An image of another prompt, of the same category where there is one. */
  private ImageId elsewhere(int group, RandomStream random) {
    Prompt own = groups.get(group).prompt();
    List<PlannedGroup> others =
        groups.stream().filter(g -> !g.prompt().text().equals(own.text())).toList();
    List<PlannedGroup> alike =
        others.stream().filter(g -> g.prompt().category().equals(own.category())).toList();
    List<PlannedGroup> from = alike.isEmpty() ? others : alike;
    // Every group may have the same prompt; any other group's image will do then.
    int index =
        from.isEmpty() ? (group + 1) % groups.size() : from.get(random.below(from.size())).index();
    return new ImageId(index, random.below(set.groupSize()));
  }
}
