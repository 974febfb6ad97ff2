package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads a file that was just written and compares it with what should be in it, block by block. */
final class ReadBack {
  private static final int BLOCK_BYTES = 1 << 20;

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
    int width = images[0].length;
    int rows = blockRows(images.length, width);
    byte[] block = new byte[rows * width];
    for (int from = 0; from < images.length; from += rows) {
      int count = Math.min(rows, images.length - from);
      decoder.bytes(address + (long) from * width, block, count * width);
      for (int i = 0; i < count; i++) {
        if (!Arrays.equals(block, i * width, (i + 1) * width, images[from + i], 0, width)) {
          return from + i;
        }
      }
    }
    return -1;
  }

  private static int differingLatent(Hdf5Decoder decoder, long address, float[][] latents)
      throws IOException {
    int width = latents[0].length;
    int rows = blockRows(latents.length, width * Float.BYTES);
    float[] block = new float[rows * width];
    for (int from = 0; from < latents.length; from += rows) {
      int count = Math.min(rows, latents.length - from);
      decoder.floats(address + (long) from * width * Float.BYTES, block, count * width);
      for (int i = 0; i < count; i++) {
        if (!Arrays.equals(block, i * width, (i + 1) * width, latents[from + i], 0, width)) {
          return from + i;
        }
      }
    }
    return -1;
  }

  /** Small rows are read many at a time: a call of the system costs as much as comparing one. */
  private static int blockRows(int rows, int rowBytes) {
    return Math.max(1, Math.min(rows, BLOCK_BYTES / rowBytes));
  }
}
