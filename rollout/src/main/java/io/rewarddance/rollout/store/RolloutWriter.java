package io.rewarddance.rollout.store;

import io.rewarddance.rollout.TrainingBatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes rollout files: temporary file in the same directory, fsync and meanwhile read back and
 * compare, rename, fsync of the directory. A file under its final name is whole and right, however
 * the writer ends. The same batch always gives the same bytes.
 */
public final class RolloutWriter {
  /** A larger file goes to disk while it is hashed, which is worth waiting for the disk twice. */
  private static final int EARLY_FLUSH_BYTES = 16 << 20;

  private RolloutWriter() {}

  /**
   * Writes {@code directory/iteration-000012.h5}, replacing what is there.
   *
   * @param directory made if missing
   * @throws StoreFullException when the disk is full; nothing of the file remains
   * @throws StoreException a subclass for any other failure; the final name is untouched
   * @throws IllegalArgumentException when the batch doesn't fit the format
   */
  public static StoredRollouts write(Path directory, TrainingBatch batch) throws StoreException {
    return write(directory, batch, RolloutFormat.VERSION);
  }

  /** As {@link #write(Path, TrainingBatch)}, claiming a format version. */
  static StoredRollouts write(Path directory, TrainingBatch batch, int formatVersion)
      throws StoreException {
    Path target = directory.resolve(RolloutFormat.fileName(batch.iteration()));
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    RolloutHeader header = RolloutHeader.of(batch);
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(temporary);
      StoredRollouts stored = writeTemporary(temporary, target, header, batch, formatVersion);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      Disk.syncDirectory(directory);
      return stored;
    } catch (IOException | RuntimeException e) {
      Disk.deleteQuietly(temporary, e);
      throw Disk.classed(target, e);
    }
  }

  private static StoredRollouts writeTemporary(
      Path temporary, Path target, RolloutHeader header, TrainingBatch batch, int formatVersion)
      throws IOException {
    RolloutTable table = Columns.of(batch);
    byte[][] images = Columns.images(batch);
    float[][] latents = Columns.latents(batch);
    new Hdf5Encoder(header, table, images, latents).write(temporary, header, formatVersion);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Aside<String> comparison =
          Aside.start(
              "rollout-read-back",
              () -> ReadBack.firstDifference(channel, header, table, images, latents));
      String sha256 = seal(channel, formatVersion);
      String difference = comparison.await();
      if (difference != null) {
        throw new IOException("read back and compared: " + difference + " isn't what was written");
      }
      return new StoredRollouts(target, sha256, channel.size());
    }
  }

  /** Ends the file with its trailer and forces it to disk. */
  private static String seal(FileChannel channel, int formatVersion) throws IOException {
    if (channel.size() < EARLY_FLUSH_BYTES) {
      String sha256 = Trailer.append(channel, formatVersion);
      channel.force(true);
      return sha256;
    }
    Aside<Void> flush =
        Aside.start(
            "rollout-flush",
            () -> {
              channel.force(true);
              return null;
            });
    String sha256 = Trailer.append(channel, formatVersion);
    // Waited for, since the system tells an error only once.
    flush.await();
    channel.force(true);
    return sha256;
  }
}
