package io.rewarddance.driver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReferenceCacheTest {
  private static final PolicyRef FIRST = new PolicyRef(1, "1".repeat(64));
  private static final PolicyRef SECOND = new PolicyRef(2, "2".repeat(64));
  private static final Prompt CIRCLE = new Prompt(0, "a circle", "");
  private static final Prompt SQUARE = new Prompt(1, "a square", "");

  private final ReferenceCache cache = new ReferenceCache();
  private final List<Prompt> made = new ArrayList<>();

  private References ask(String judge, PolicyRef policy, Prompt... prompts) {
    return cache.of(judge, policy, List.of(prompts), this::make);
  }

  private References make(List<Prompt> prompts) {
    SortedMap<String, List<Pixels>> images = new TreeMap<>();
    for (Prompt prompt : prompts) {
      made.add(prompt);
      images.put(prompt.text(), List.of(Image.of(1, 1, new byte[] {(byte) made.size(), 0, 0})));
    }
    return new References(images);
  }

  @Test
  void aPromptIsMadeOnceForEachPolicyAndJudge() {
    References first = ask("match", FIRST, CIRCLE, CIRCLE);
    assertThat(ask("match", FIRST, SQUARE, CIRCLE).of(CIRCLE)).isEqualTo(first.of(CIRCLE));
    assertThat(made).containsExactly(CIRCLE, SQUARE);
    ask("taste", FIRST, CIRCLE);
    assertThat(made).containsExactly(CIRCLE, SQUARE, CIRCLE);
  }

  @Test
  void anotherPolicyMakesItsOwn() {
    References first = ask("match", FIRST, CIRCLE);
    References second = ask("match", SECOND, CIRCLE);
    assertThat(second.of(CIRCLE)).isNotEqualTo(first.of(CIRCLE));
    assertThat(made).hasSize(2);
    assertThat(ask("match", SECOND, SQUARE).of(CIRCLE)).isEqualTo(second.of(CIRCLE));
  }
}
