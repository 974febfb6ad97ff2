package io.rewarddance.rollout.store;

import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes rollout files: temporary file in the same directory, fsync and meanwhile read back and
 * compare, rename, fsync of the directory. A file under its final name is whole and right, however
 * the writer ends. The same batch always gives the same bytes.
 */
public final class RolloutWriter {
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
      Durable.move(temporary, target);
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
    Map<String, BulkRows> bulk =
        Map.of(
            header.sampleName(),
            BulkRows.of(Columns.samples(batch)),
            RolloutFormat.LATENTS,
            BulkRows.of(Columns.latents(batch), header.states()));
    List<BulkDataset> holes =
        new Hdf5Encoder(header, table, bulk).write(temporary, header, formatVersion);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      BulkWriter writer = new BulkWriter(channel, holes);
      Aside<String> comparison =
          Aside.start(
              "rollout-rows",
              () -> {
                Aside<Void> flush = writer.write();
                String difference = ReadBack.firstDifference(channel, header, table, bulk);
                // Waited for, since the system tells an error only once.
                flush.await();
                return difference;
              });
      String sha256 = Trailer.append(channel, formatVersion, writer.digest());
      String difference = comparison.await();
      if (difference != null) {
        throw new IOException("read back and compared: " + difference + " isn't what was written");
      }
      channel.force(true);
      return new StoredRollouts(target, sha256, channel.size());
    }
  }
}
