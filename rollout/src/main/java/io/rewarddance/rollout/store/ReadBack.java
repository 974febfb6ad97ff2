package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads a file that was just written and compares it with what should be in it, row by row. */
final class ReadBack {
  private ReadBack() {}

  /**
   * @return the name of the first part that differs, or null
   */
  static String firstDifference(
      FileChannel channel,
      RolloutHeader header,
      RolloutTable table,
      byte[][] images,
      float[][] latents)
      throws IOException {
    // Not closed: closing it would close the channel, which is its caller's.
    @SuppressWarnings("resource")
    HdfFile file = new HdfFile(channel);
    Hdf5Decoder decoder = new Hdf5Decoder(file, channel);
    Layout layout = new Layout(decoder);
    if (!layout.header().equals(header)) {
      return "attributes";
    }
    if (!layout.table().equals(table)) {
      return "columns";
    }
    int image = differingImage(decoder, layout.images(), images);
    if (image >= 0) {
      return "image[" + image + "]";
    }
    int latent = differingLatent(decoder, layout.latents(), latents);
    return latent >= 0 ? "latents[" + latent + "]" : null;
  }

  private static int differingImage(Hdf5Decoder decoder, long address, byte[][] images)
      throws IOException {
    byte[] row = new byte[images[0].length];
    for (int r = 0; r < images.length; r++) {
      decoder.bytes(address + (long) r * row.length, row);
      if (!Arrays.equals(row, images[r])) {
        return r;
      }
    }
    return -1;
  }

  private static int differingLatent(Hdf5Decoder decoder, long address, float[][] latents)
      throws IOException {
    float[] row = new float[latents[0].length];
    for (int r = 0; r < latents.length; r++) {
      decoder.floats(address + (long) r * row.length * Float.BYTES, row);
      if (!Arrays.equals(row, latents[r])) {
        return r;
      }
    }
    return -1;
  }
}
