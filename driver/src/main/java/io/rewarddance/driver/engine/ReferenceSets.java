package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.JudgeConfig.Reference.Refresh;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.reference.ReferenceCache;
import io.rewarddance.driver.reference.ReferenceFile;
import io.rewarddance.driver.reference.ReferenceMaker;
import io.rewarddance.driver.reference.References;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * References of the run's pairwise judges. Those of held-out prompts are always the initial
 * policy's, so that evaluations before and after compare with the same images.
 */
final class ReferenceSets {
  /** The two sets of prompts that have references of their own. */
  enum Set {
    TRAIN,
    HELD_OUT;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final RunDirectory directory;
  private final ReferenceMaker maker;
  private final Steps steps;
  private final RunListener listener;
  private final List<Judge> judges;
  private final ReferenceCache cache = new ReferenceCache();
  private final Map<Set, Map<String, References>> shelves =
      Map.of(Set.TRAIN, new TreeMap<>(), Set.HELD_OUT, new TreeMap<>());

  ReferenceSets(
      RunDirectory directory,
      ReferenceMaker maker,
      List<Judge> judges,
      Steps steps,
      RunListener listener) {
    this.steps = steps;
    this.directory = directory;
    this.maker = maker;
    this.judges = judges.stream().filter(Judge::isPairwise).toList();
    this.listener = listener;
  }

  /** Whether any judge of the configuration needs references made before the run. */
  static boolean isNeeded(RunConfig config) {
    return config.judges().stream().anyMatch(judge -> judge.reference().isPresent());
  }

  private static boolean isFixed(Judge judge, Set set) {
    JudgeConfig.Reference reference = judge.config().reference().orElseThrow();
    return set == Set.HELD_OUT || reference.refresh() == Refresh.NEVER;
  }

  /**
   * Draws and chooses all fixed references by the initial policy and writes them.
   *
   * @param prompts those that are going to be asked for
   * @return digest of each file by {@code judge/set}
   */
  SortedMap<String, String> prepare(Map<Set, List<Prompt>> prompts, PolicyRef policy) {
    SortedMap<String, String> digests = new TreeMap<>();
    for (Judge judge : judges) {
      for (Set set : Set.values()) {
        if (isFixed(judge, set) && !prompts.get(set).isEmpty()) {
          References made = make(judge, prompts.get(set), policy, 0);
          digests.put(key(judge, set), write(judge, set, made));
          shelves.get(set).put(judge.name(), made);
        }
      }
    }
    return digests;
  }

  /** Reads what an earlier sitting prepared. */
  void read(SortedMap<String, String> digests) throws IOException {
    for (Judge judge : judges) {
      for (Set set : Set.values()) {
        String digest = digests.get(key(judge, set));
        if (digest != null) {
          shelves
              .get(set)
              .put(
                  judge.name(),
                  ReferenceFile.read(directory.references(judge.name(), set.label()), digest));
        }
      }
    }
  }

  /** References of held-out prompts, by judge. */
  Map<String, References> heldOut() {
    return Map.copyOf(shelves.get(Set.HELD_OUT));
  }

  /** References of these prompts, by judge; made where the policy refreshes them and has none. */
  Map<String, References> training(List<Prompt> prompts, PolicyRef policy) {
    Map<String, References> references = new TreeMap<>(shelves.get(Set.TRAIN));
    for (Judge judge : judges) {
      if (!isFixed(judge, Set.TRAIN)) {
        references.put(
            judge.name(),
            cache.of(
                judge.name(),
                policy,
                prompts,
                missing -> make(judge, missing, policy, policy.version())));
      }
    }
    return references;
  }

  private References make(Judge judge, List<Prompt> prompts, PolicyRef policy, long round) {
    return steps.wholly(
        "references of judge '" + judge.name() + "'",
        () -> maker.make(judge, prompts, policy, round, done -> report(done, prompts.size())));
  }

  private void report(int done, int total) {
    listener.progress(new Progress(Progress.Stage.REFERENCES, done, total));
  }

  private String write(Judge judge, Set set, References references) {
    try {
      return ReferenceFile.write(directory.references(judge.name(), set.label()), references);
    } catch (IOException e) {
      throw new StepFailedException(FailureKind.STORE_ERROR, "references: " + e, e);
    }
  }

  private static String key(Judge judge, Set set) {
    return judge.name() + "/" + set.label();
  }
}
