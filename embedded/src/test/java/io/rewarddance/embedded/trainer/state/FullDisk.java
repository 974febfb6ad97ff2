package io.rewarddance.embedded.trainer.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A disk on which half of what is written finds no room. */
final class FullDisk implements Disk {
  private final Disk disk = Disk.real();

  @Override
  public void write(Path file, byte[] content) throws IOException {
    disk.write(file, Arrays.copyOf(content, content.length / 2));
    throw new IOException("No space left on device");
  }

  @Override
  public void sync(Path file) throws IOException {
    disk.sync(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return disk.read(file);
  }
}
