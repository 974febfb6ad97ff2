package io.rewarddance.embedded.trainer.state;

import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The file operations that checkpoints are made of; a test can end the process between any two. */
public interface Disk {
  /** Makes or replaces a file; its content may be lost until {@link #sync}. */
  void write(Path file, byte[] content) throws IOException;

  /** Flushes a file to the disk. */
  void sync(Path file) throws IOException;

  /** Renames a file in one step, replacing what is there. */
  void rename(Path from, Path to) throws IOException;

  /** Makes renames and deletions in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  void delete(Path file) throws IOException;

  /** Files of a directory in ascending order of names. */
  List<Path> list(Path directory) throws IOException;

  byte[] read(Path file) throws IOException;

  /** The real one. */
  static Disk real() {
    return new Disk() {
      @Override
      public void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
      }

      @Override
      public void sync(Path file) throws IOException {
        Durable.forceFile(file);
      }

      @Override
      public void rename(Path from, Path to) throws IOException {
        Durable.rename(from, to);
      }

      @Override
      public void syncDirectory(Path directory) throws IOException {
        Durable.forceDirectory(directory);
      }

      @Override
      public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
      }

      @Override
      public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
          return files.sorted().toList();
        }
      }

      @Override
      public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
      }
    };
  }
}
