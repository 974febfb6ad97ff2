package io.rewarddance.rollout.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PreferencePropertyTest {
  @Property(tries = 30)
  void anyPoolAndAnySizeComesBack(
      @ForAll @IntRange(min = 2, max = 40) int images,
      @ForAll @IntRange(min = 1, max = 33) int height,
      @ForAll @IntRange(min = 1, max = 33) int width,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Preference pair = Preference.of("p", random.nextInt(images - 1), images - 1, Choice.FIRST, "a");
    PreferenceSet set =
        new PreferenceSet(Sets.images(random, images, height, width), List.of(pair, pair));
    Path file = Files.createTempFile("pairs", ".h5");
    try {
      assertThat(PreferenceWriter.write(file, set).set()).isEqualTo(set);
    } finally {
      Files.delete(file);
    }
  }
}
