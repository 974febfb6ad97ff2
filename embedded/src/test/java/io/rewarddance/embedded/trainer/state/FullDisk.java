package io.rewarddance.embedded.trainer.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk on which half of what is written finds no room. */
final class FullDisk extends ForwardingDisk {
  @Override
  public void write(Path file, byte[] content) throws IOException {
    super.write(file, Arrays.copyOf(content, content.length / 2));
    throw new IOException("No space left on device");
  }
}
