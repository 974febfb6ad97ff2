package io.rewarddance.rollout.preference;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.dataset.ContiguousDataset;
import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Writes the HDF5 part of a preference file. The same set gives the same bytes everywhere. */
final class PreferenceEncoder {
  private static final DatasetCreationOptions UNSIGNED =
      DatasetCreationOptions.builder().unsigned().build();

  private PreferenceEncoder() {}

  /**
   * Writes everything, the images as zeros.
   *
   * @param path must not exist: jHDF doesn't truncate
   */
  static void write(Path path, PreferenceSet set) {
    List<Preference> pairs = set.pairs();
    try (WritableHdfFile file = HdfFile.write(path)) {
      // Names the operating system, which would make equal sets unequal files.
      file.removeAttribute("_jHDF");
      file.putAttribute(PreferenceFormat.FORMAT, PreferenceFormat.NAME);
      file.putAttribute(PreferenceFormat.FORMAT_VERSION, PreferenceFormat.VERSION);
      set.notes().forEach(file::putAttribute);
      file.putDataset(PreferenceFormat.IMAGES, blank(set), UNSIGNED);
      file.putDataset(PreferenceFormat.PROMPT, texts(pairs, Preference::prompt));
      file.putDataset(PreferenceFormat.FIRST, rows(pairs, Preference::first));
      file.putDataset(PreferenceFormat.SECOND, rows(pairs, Preference::second));
      file.putDataset(PreferenceFormat.PREFERRED, preferred(pairs));
      file.putDataset(PreferenceFormat.ANNOTATOR, texts(pairs, Preference::annotator));
      file.putDataset(PreferenceFormat.REASON, texts(pairs, Preference::reason));
      file.putDataset(PreferenceFormat.REFERENCE, rows(pairs, Preference::reference));
      file.putDataset(PreferenceFormat.DOMAIN, texts(pairs, Preference::domain));
    }
  }

  /** Puts the pixels where {@link #write} left zeros. */
  static void fillImages(FileChannel channel, List<Image> images) throws IOException {
    // Not closed: closing it would close the channel, which is its caller's.
    @SuppressWarnings("resource")
    HdfFile file = new HdfFile(channel);
    long at = ((ContiguousDataset) file.getChild(PreferenceFormat.IMAGES)).getDataAddress();
    for (Image image : images) {
      ByteBuffer rgb = ByteBuffer.wrap(image.rgb());
      while (rgb.hasRemaining()) {
        at += channel.write(rgb, at);
      }
    }
  }

  /**
   * Zeros in the images' shape, for jHDF to write. It wants nested arrays, which of real pixels,
   * three bytes to an array, would be ten times the images; here all are the same three.
   */
  private static byte[][][][] blank(PreferenceSet set) {
    byte[][] line = new byte[set.width()][];
    Arrays.fill(line, new byte[Image.CHANNELS]);
    byte[][][] image = new byte[set.height()][][];
    Arrays.fill(image, line);
    byte[][][][] images = new byte[set.images().size()][][][];
    Arrays.fill(images, image);
    return images;
  }

  private static String[] texts(List<Preference> pairs, Function<Preference, String> column) {
    return pairs.stream().map(column).toArray(String[]::new);
  }

  private static int[] rows(List<Preference> pairs, ToIntFunction<Preference> column) {
    return pairs.stream().mapToInt(column).toArray();
  }

  private static byte[] preferred(List<Preference> pairs) {
    byte[] codes = new byte[pairs.size()];
    for (int p = 0; p < codes.length; p++) {
      codes[p] = (byte) pairs.get(p).preferred().code();
    }
    return codes;
  }
}
