package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads rollout files. What it returns is what was written, to the bit; else it throws. */
public final class RolloutReader {
  private RolloutReader() {}

  /**
   * Reads a file whose digest isn't known beforehand.
   *
   * @throws StoreException a subclass that names what is wrong with the file
   */
  public static RolloutFile read(Path path) throws StoreException {
    return open(path, null);
  }

  /**
   * Reads the file that a journal or a request names.
   *
   * @param expectedSha256 lower-case hex digest of the whole file
   * @throws StoreException a subclass that names what is wrong with the file
   */
  public static RolloutFile read(Path path, String expectedSha256) throws StoreException {
    if (expectedSha256 == null) {
      throw new IllegalArgumentException("expectedSha256: null (expected: a sha-256)");
    }
    return open(path, expectedSha256);
  }

  private static RolloutFile open(Path path, String expectedSha256) throws StoreException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      String sha256 = Soundness.check(path, channel);
      if (expectedSha256 != null && !expectedSha256.equals(sha256)) {
        throw new RolloutFileMismatchException(
            path, "sha-256: " + sha256 + " (expected: " + expectedSha256 + ")");
      }
      return parse(new StoredRollouts(path, sha256, channel.size()), channel);
    } catch (StoreException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new RolloutFileMissingException(path, "no such file");
    } catch (IOException e) {
      throw new StoreFailedException(path, "not readable: " + e.getMessage(), e);
    }
  }

  private static RolloutFile parse(StoredRollouts stored, FileChannel channel)
      throws StoreException, IOException {
    try {
      // Not closed: closing it would close the channel, which is its caller's.
      @SuppressWarnings("resource")
      HdfFile file = new HdfFile(channel);
      Hdf5Decoder decoder = new Hdf5Decoder(file, channel);
      checkFormat(stored.path(), decoder);
      Layout layout = new Layout(decoder);
      return new RolloutFile(
          stored,
          layout.header(),
          layout.table(),
          samples(layout, decoder),
          latents(layout, decoder));
    } catch (HdfException | Hdf5Decoder.LayoutException | IllegalArgumentException e) {
      // The digest is right, so the bytes are what some writer wrote: that writer is at fault.
      throw new RolloutFileCorruptException(
          stored.path(), "not laid out as the format says: " + e.getMessage(), e);
    }
  }

  private static void checkFormat(Path path, Hdf5Decoder decoder) throws StoreException {
    if (!decoder.hasAttribute("format")
        || !decoder.attribute("format", String.class).equals(RolloutFormat.NAME)) {
      throw new RolloutFileForeignException(path, "no attribute format = " + RolloutFormat.NAME);
    }
    int version = decoder.attribute("format_version", Integer.class);
    if (!RolloutFormat.isReadable(version)) {
      throw Soundness.version(path, version);
    }
  }

  private static byte[][] samples(Layout layout, Hdf5Decoder decoder) throws IOException {
    int bytes = layout.header().sampleBytes();
    long address = layout.samples();
    byte[][] samples = new byte[layout.size()][bytes];
    for (int r = 0; r < samples.length; r++) {
      decoder.bytes(address + (long) r * bytes, samples[r], bytes);
    }
    return samples;
  }

  private static float[][] latents(Layout layout, Hdf5Decoder decoder) throws IOException {
    int size = Math.multiplyExact(layout.header().states(), layout.header().latentSize());
    long address = layout.latents();
    float[][] latents = new float[layout.size()][size];
    for (int r = 0; r < latents.length; r++) {
      decoder.floats(address + (long) r * size * Float.BYTES, latents[r], size);
    }
    return latents;
  }
}
