package io.rewarddance.driver.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.generate.Draw;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ExhibitionTest {
  private static List<Prompt> prompts() {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      prompts.add(new Prompt(i, "prompt " + i, i < 7 ? "many" : "few"));
    }
    return prompts;
  }

  @Property(tries = 100)
  void aProbeDrawsTheBeginningOfTheWhole(@ForAll long seed, @ForAll @IntRange(max = 50) int probe) {
    List<Draw> whole = Exhibition.draws(prompts(), seed, 50);
    assertThat(Exhibition.draws(prompts(), seed, probe)).isEqualTo(whole.subList(0, probe));
  }

  @Test
  void categoriesCountTheSameAndNoImageComesTwice() {
    List<Draw> draws = Exhibition.draws(prompts(), 7, 100);
    assertThat(draws.stream().filter(d -> d.prompt().category().equals("few"))).hasSize(50);
    assertThat(new HashSet<>(draws.stream().map(Draw::seed).toList())).hasSize(100);
    assertThat(Exhibition.draws(prompts(), 8, 100)).isNotEqualTo(draws);
  }
}
