package io.rewarddance.embedded.trainer.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The real disk, for others to be worse than in one respect. */
class ForwardingDisk implements Disk {
  private final Disk disk = Disk.real();

  @Override
  public void write(Path file, byte[] content) throws IOException {
    disk.write(file, content);
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
