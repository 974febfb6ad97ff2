package io.rewarddance.embedded.trainer.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A disk that dies, with everything that was to follow, at its n-th operation that changes
 * something: before it, or half way through it.
 */
final class DyingDisk extends ForwardingDisk {
  private final boolean halfWay;
  private int left;

  DyingDisk(int operations, boolean halfWay) {
    this.left = operations;
    this.halfWay = halfWay;
  }

  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Whether all operations were let through. */
  boolean alive() {
    return left >= 0;
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    if (left == 0 && halfWay) {
      super.write(file, Arrays.copyOf(content, content.length / 2));
    }
    live();
    super.write(file, content);
  }

  @Override
  public void sync(Path file) throws IOException {
    live();
    super.sync(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    live();
    super.rename(from, to);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    live();
    super.syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    live();
    super.delete(file);
  }

  private void live() {
    if (--left < 0) {
      throw new Killed();
    }
  }
}
