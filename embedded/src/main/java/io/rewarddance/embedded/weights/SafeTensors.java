package io.rewarddance.embedded.weights;

import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes safetensors files: eight bytes of header length, a JSON header padded with
 * blanks to eight bytes, then little-endian FP32 data. Written files hold their tensors in
 * ascending order of names, so weights with the same names, shapes and metadata have the same
 * header, and what points into such a file by offset stays right.
 *
 * <p>Files are held in memory as a whole: at most 2 GiB.
 */
public final class SafeTensors {
  private static final int LENGTH_BYTES = 8;
  private static final int ALIGNMENT = 8;

  private SafeTensors() {}

  /**
   * @throws WeightsFormatException when the file is truncated, has bytes that belong to no tensor,
   *     or is no safetensors file of FP32 tensors
   */
  public static Weights read(Path file) throws IOException {
    return decode(Files.readAllBytes(file), file.toString());
  }

  /**
   * Writes beside the target, flushes to the disk and renames, so that the target is never half
   * written.
   *
   * @return the digest of the new file
   */
  public static String write(Weights weights, Path file) throws IOException {
    byte[] bytes = encode(weights);
    Durable.write(file, bytes);
    return Sha256.of(bytes);
  }

  /** The file's bytes for these weights: equal weights give equal bytes. */
  public static byte[] encode(Weights weights) {
    byte[] header = padded(SafeTensorsHeader.of(weights).toJson());
    long size = LENGTH_BYTES + header.length + 4L * weights.parameters();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (WeightTensor tensor : weights.tensors().values()) {
      bytes.asFloatBuffer().put(tensor.values());
      bytes.position(bytes.position() + 4 * tensor.values().length);
    }
    return bytes.array();
  }

  /**
   * @param source what the bytes are called in errors
   */
  public static Weights decode(byte[] bytes, String source) throws WeightsFormatException {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer data = afterHeader(buffer);
      SafeTensorsHeader header = header(buffer, data);
      SortedMap<String, WeightTensor> tensors = new TreeMap<>();
      header.places().forEach((name, place) -> tensors.put(name, tensor(place, data)));
      return new Weights(tensors, header.metadata());
    } catch (RuntimeException e) {
      throw new WeightsFormatException(source + ": " + e.getMessage(), e);
    }
  }

  private static ByteBuffer afterHeader(ByteBuffer buffer) {
    int room = buffer.capacity() - LENGTH_BYTES;
    long length = room < 0 ? -1 : buffer.getLong(0);
    if (length < 2 || length > room) {
      throw new IllegalArgumentException(
          "header length: "
              + length
              + " in a file of "
              + buffer.capacity()
              + " bytes (expected: a whole safetensors file)");
    }
    int start = LENGTH_BYTES + (int) length;
    return buffer.slice(start, buffer.capacity() - start).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static SafeTensorsHeader header(ByteBuffer buffer, ByteBuffer data) {
    int length = buffer.capacity() - data.capacity() - LENGTH_BYTES;
    SafeTensorsHeader header =
        SafeTensorsHeader.parse(
            new String(buffer.array(), LENGTH_BYTES, length, StandardCharsets.UTF_8));
    requireSeamless(header.places(), data.capacity());
    return header;
  }

  /** Every byte of the data belongs to exactly one tensor; this also finds a truncated file. */
  private static void requireSeamless(Map<String, SafeTensorsHeader.Place> places, long size) {
    List<SafeTensorsHeader.Place> ordered =
        places.values().stream()
            .sorted(
                Comparator.comparingLong(SafeTensorsHeader.Place::begin)
                    .thenComparingLong(SafeTensorsHeader.Place::end))
            .toList();
    long at = 0;
    for (SafeTensorsHeader.Place place : ordered) {
      if (place.begin() != at) {
        throw new IllegalArgumentException(
            "data_offsets: a tensor begins at " + place.begin() + " (expected: " + at + ")");
      }
      at = place.end();
    }
    if (at != size) {
      throw new IllegalArgumentException("data: " + size + " bytes (expected: " + at + ")");
    }
  }

  private static WeightTensor tensor(SafeTensorsHeader.Place place, ByteBuffer data) {
    float[] values = new float[(int) ((place.end() - place.begin()) / 4)];
    data.slice((int) place.begin(), 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new WeightTensor(place.shape(), values);
  }

  private static byte[] padded(String json) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    int missing = Math.floorMod(-bytes, ALIGNMENT);
    return (json + " ".repeat(missing)).getBytes(StandardCharsets.UTF_8);
  }
}
