package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferenceSetConfig;
import io.rewarddance.rollout.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets to be planned, without models. */
final class TestSets {
  static final List<Prompt> PROMPTS =
      List.of(
          new Prompt(0, "a", "one"),
          new Prompt(1, "b", "one"),
          new Prompt(2, "c", "two"),
          new Prompt(3, "d", "two"));

  private TestSets() {}

  static PreferenceSetConfig set(String name, int groups, OptionalInt pairs, double mismatched) {
    return set(name, groups, pairs, mismatched, 1, Optional.empty());
  }

  static PreferenceSetConfig set(
      String name,
      int groups,
      OptionalInt pairs,
      double mismatched,
      int answers,
      Optional<PreferenceSetConfig.Reference> reference) {
    return new PreferenceSetConfig(
        name,
        Path.of("prompts.jsonl"),
        List.of(),
        groups,
        4,
        List.of("x", "y", "z"),
        pairs,
        mismatched,
        0.1,
        List.of("p", "q"),
        answers,
        PreferenceSetConfig.Domain.BOTH,
        new PreferenceSetConfig.Corruption(0, 0),
        false,
        reference);
  }
}
