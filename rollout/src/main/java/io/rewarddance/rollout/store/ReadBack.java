package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;

/** Reads a file that was just written and compares it with what should be in it, block by block. */
final class ReadBack {
  private ReadBack() {}

  /**
   * @return the name of the first part that differs, or null
   */
  static String firstDifference(
      FileChannel channel, RolloutHeader header, RolloutTable table, Map<String, BulkRows> bulk)
      throws IOException {
    // Not closed: closing it would close the channel, which is its caller's.
    @SuppressWarnings("resource")
    HdfFile file = new HdfFile(channel);
    Layout layout = new Layout(new Hdf5Decoder(file, channel));
    if (!layout.header().equals(header)) {
      return "attributes";
    }
    if (!layout.table().equals(table)) {
      return "columns";
    }
    String name = header.sampleName();
    int sample = bulk.get(name).firstDifference(channel, layout.samples());
    if (sample >= 0) {
      return name + "[" + sample + "]";
    }
    int latent = bulk.get(RolloutFormat.LATENTS).firstDifference(channel, layout.latents());
    return latent >= 0 ? "latents[" + latent + "]" : null;
  }
}
