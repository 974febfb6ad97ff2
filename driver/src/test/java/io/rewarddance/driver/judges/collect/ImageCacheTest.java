package io.rewarddance.driver.judges.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.rollout.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCacheTest {
  @TempDir Path directory;

  @Test
  void whatWasWrittenIsReadUnderItsKeyAndOnlyWhole() throws Exception {
    Path file = directory.resolve("deep/images.bin");
    List<Image> images = List.of(Image.of(1, 2, new byte[] {1, 2, 3, 4, 5, 6}));
    assertThat(ImageCache.read(file, "key")).isEmpty();
    ImageCache.write(file, "key", images);
    assertThat(ImageCache.read(file, "key")).contains(images);
    assertThat(ImageCache.read(file, "other")).isEmpty();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i]++;
      Files.write(file, damaged);
      assertThat(ImageCache.read(file, "key")).as("byte %d", i).isEmpty();
    }
    Files.write(file, new byte[5]);
    assertThat(ImageCache.read(file, "key")).isEmpty();
  }
}
