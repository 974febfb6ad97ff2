package io.rewarddance.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rewarddance.rollout.Prompt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PromptOrderTest {
  private static List<Prompt> first(PromptOrder order, long count) {
    return LongStream.range(0, count).mapToObj(order::at).toList();
  }

  @Property(tries = 200)
  void categoriesTakeTurnsAndEveryPromptComesOnceARound(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll long seed) {
    List<Prompt> prompts = Prompts.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    PromptOrder order = new PromptOrder(prompts, seed);
    Map<Prompt, Integer> seen = new HashMap<>();
    for (int turn = 0; turn < 30; turn++) {
      for (int c = 0; c < sizes.size(); c++) {
        Prompt prompt = order.at((long) turn * sizes.size() + c);
        assertThat(prompt.category()).isEqualTo("category " + c);
        int before = seen.merge(prompt, 1, Integer::sum) - 1;
        assertThat(before).as("times that %s came", prompt).isEqualTo(turn / sizes.get(c));
      }
    }
  }

  @Test
  void roundsDifferAndSoDoSeeds() {
    List<Prompt> prompts = Prompts.of(10);
    List<Prompt> order = first(new PromptOrder(prompts, 7), 20);
    assertThat(order.subList(0, 10)).isNotEqualTo(order.subList(10, 20));
    assertThat(order.subList(0, 10)).isNotEqualTo(prompts);
    assertThat(first(new PromptOrder(prompts, 8), 10)).isNotEqualTo(order.subList(0, 10));
    assertThat(first(new PromptOrder(prompts, 7), 20)).isEqualTo(order);
  }

  @Test
  void farPositionsAreInReach() {
    PromptOrder order = new PromptOrder(Prompts.of(3, 2), 7);
    assertThat(order.at(5_000_000_001L).category()).isEqualTo("category 1");
  }

  @Test
  void noPromptsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PromptOrder(List.of(), 7))
        .withMessage("prompts: 0 (expected: >= 1)");
  }
}
