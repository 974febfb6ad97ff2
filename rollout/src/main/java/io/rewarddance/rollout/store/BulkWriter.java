package io.rewarddance.rollout.store;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;

/**
 * Completes a file that lacks the rows of its bulk datasets. Two threads: one writes the rows,
 * sends them on their way to the disk and is then free to read them back; the other hashes the file
 * as it will be, which takes longest.
 */
final class BulkWriter {
  /** A larger file goes to disk while it is hashed, which is worth waiting for the disk twice. */
  private static final int EARLY_FLUSH_BYTES = 16 << 20;

  private final FileChannel channel;
  private final List<BulkDataset> datasets;
  private final List<Aside<Void>> seals;

  /**
   * @param datasets in the order of the file
   */
  BulkWriter(FileChannel channel, List<BulkDataset> datasets) {
    this.channel = channel;
    this.datasets = datasets;
    this.seals = datasets.stream().map(this::seal).toList();
  }

  /**
   * Writes the rows, and the headers.
   *
   * @return their way to the disk, still to be awaited
   */
  Aside<Void> write() throws IOException {
    for (BulkDataset dataset : datasets) {
      dataset.rows().write(channel, dataset.address());
    }
    Aside<Void> flush = flush();
    for (Aside<Void> seal : seals) {
      seal.await();
    }
    return flush;
  }

  /**
   * Hashes the file as it will be: rows as they are in memory, all else from the file. Needn't wait
   * until the rows are written.
   */
  MessageDigest digest() throws IOException {
    MessageDigest digest = Sha256.fresh();
    long at = 0;
    for (int i = 0; i < datasets.size(); i++) {
      seals.get(i).await();
      Trailer.hash(channel, at, datasets.get(i).address(), digest);
      datasets.get(i).rows().hash(digest);
      at = datasets.get(i).end();
    }
    Trailer.hash(channel, at, channel.size(), digest);
    return digest;
  }

  private Aside<Void> seal(BulkDataset dataset) {
    return Aside.of(
        () -> {
          dataset.seal(channel);
          return null;
        });
  }

  private Aside<Void> flush() throws IOException {
    if (channel.size() < EARLY_FLUSH_BYTES) {
      return Aside.of(() -> null);
    }
    return Aside.start(
        "rollout-flush",
        () -> {
          channel.force(true);
          return null;
        });
  }
}
