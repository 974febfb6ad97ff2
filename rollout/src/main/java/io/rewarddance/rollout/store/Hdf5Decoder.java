package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Typed access to the datasets and attributes of an HDF5 file. jHDF finds them; their bytes are
 * read here, straight into flat arrays, after checking type, dimensions and place in the file.
 */
final class Hdf5Decoder {
  private static final int CHUNK_BYTES = 1 << 20;

  private final HdfFile file;
  private final FileChannel channel;
  private final ByteBuffer chunk =
      ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** What a dataset's elements must be. */
  private enum Kind {
    INT8(1),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }

    boolean fits(DataType type) {
      boolean floating = this == FLOAT32 || this == FLOAT64;
      return type.getSize() == bytes
          && (floating
              ? type instanceof FloatingPoint real && real.getByteOrder() == ByteOrder.LITTLE_ENDIAN
              : type instanceof FixedPoint whole
                  && whole.getByteOrder() == ByteOrder.LITTLE_ENDIAN
                  && whole.isSigned() == (this != INT8));
    }
  }

  /** The file isn't laid out as the format says. */
  static final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LayoutException(String name, Object value, String expected) {
      super(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  Hdf5Decoder(HdfFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  <T> T attribute(String name, Class<T> type) {
    Attribute attribute = file.getAttribute(name);
    Object value = attribute == null ? null : attribute.getData();
    if (!type.isInstance(value)) {
      throw new LayoutException(
          "attribute " + name,
          value == null ? null : value.getClass().getSimpleName(),
          type.getSimpleName());
    }
    return type.cast(value);
  }

  boolean hasAttribute(String name) {
    return file.getAttribute(name) != null;
  }

  /** Whether there is a dataset or group of this name at the root. */
  boolean has(String name) {
    return file.getChildren().containsKey(name);
  }

  /** Names of the datasets in a group. */
  Set<String> names(String group) {
    if (!(file.getChild(group) instanceof Group node)) {
      throw new LayoutException("group " + group, file.getChild(group), "a group");
    }
    return new TreeSet<>(node.getChildren().keySet());
  }

  /** Elements of a one-dimensional dataset. */
  int count(String name) {
    int[] dims = dataset(name).getDimensions();
    if (dims.length != 1) {
      throw new LayoutException(name, Arrays.toString(dims), "one dimension");
    }
    return dims[0];
  }

  int[] ints(String name, int count) throws IOException {
    int[] values = new int[count];
    long address = locate(name, Kind.INT32, count);
    read(address, count, 4, (at, n) -> chunk.asIntBuffer().get(values, at, n));
    return values;
  }

  long[] longs(String name, int count) throws IOException {
    long[] values = new long[count];
    long address = locate(name, Kind.INT64, count);
    read(address, count, 8, (at, n) -> chunk.asLongBuffer().get(values, at, n));
    return values;
  }

  double[] doubles(String name, int count) throws IOException {
    double[] values = new double[count];
    long address = locate(name, Kind.FLOAT64, count);
    read(address, count, 8, (at, n) -> chunk.asDoubleBuffer().get(values, at, n));
    return values;
  }

  /** All elements, flat. */
  byte[] bytes(String name, int... dims) throws IOException {
    byte[] values = new byte[Math.toIntExact(product(dims))];
    Trailer.readFully(channel, ByteBuffer.wrap(values), locate(name, Kind.INT8, dims));
    return values;
  }

  /** All elements, flat. */
  float[] floats(String name, int... dims) throws IOException {
    float[] values = new float[Math.toIntExact(product(dims))];
    floats(locate(name, Kind.FLOAT32, dims), values, values.length);
    return values;
  }

  String[] strings(String name, int count) {
    Object value = dataset(name).getData();
    if (!(value instanceof String[] strings) || strings.length != count) {
      throw new LayoutException(name, value.getClass().getSimpleName(), count + " strings");
    }
    return strings;
  }

  /** Address of the first element of an unsigned byte dataset. */
  long locateBytes(String name, int... dims) throws IOException {
    return locate(name, Kind.INT8, dims);
  }

  /** Address of the first element of a float dataset. */
  long locateFloats(String name, int... dims) throws IOException {
    return locate(name, Kind.FLOAT32, dims);
  }

  /** Reads {@code count} elements from an address to the start of {@code target}. */
  void bytes(long address, byte[] target, int count) throws IOException {
    Trailer.readFully(channel, ByteBuffer.wrap(target, 0, count), address);
  }

  /** Reads {@code count} elements from an address to the start of {@code target}. */
  void floats(long address, float[] target, int count) throws IOException {
    read(address, count, 4, (at, n) -> chunk.asFloatBuffer().get(target, at, n));
  }

  private interface Sink {
    void take(int at, int count);
  }

  private void read(long address, int count, int elementBytes, Sink sink) throws IOException {
    int step = CHUNK_BYTES / elementBytes;
    for (int at = 0; at < count; at += step) {
      int n = Math.min(step, count - at);
      chunk.clear().limit(n * elementBytes);
      Trailer.readFully(channel, chunk, address + (long) at * elementBytes);
      chunk.flip();
      sink.take(at, n);
    }
  }

  private Dataset dataset(String name) {
    Node node = file;
    for (String link : name.split("/")) {
      node = node instanceof Group group ? group.getChild(link) : null;
    }
    if (!(node instanceof Dataset dataset)) {
      throw new LayoutException("dataset " + name, node, "a dataset");
    }
    return dataset;
  }

  private long locate(String name, Kind kind, int... dims) throws IOException {
    Dataset dataset = dataset(name);
    if (!kind.fits(dataset.getDataType())) {
      throw new LayoutException(name, dataset.getDataType(), kind + ", little-endian");
    }
    if (!Arrays.equals(dataset.getDimensions(), dims)) {
      throw new LayoutException(
          name, Arrays.toString(dataset.getDimensions()), Arrays.toString(dims));
    }
    if (!(dataset instanceof ContiguousDataset contiguous)) {
      throw new LayoutException(name, dataset.getDataLayout(), "contiguous");
    }
    long address = contiguous.getDataAddress();
    long bytes = product(dims) * kind.bytes;
    if (address < 0 || address > channel.size() - bytes) {
      throw new LayoutException(name, "ends outside the file", "within " + channel.size() + " B");
    }
    return address;
  }

  private static long product(int... dims) {
    long size = 1;
    for (int dim : dims) {
      size = Math.multiplyExact(size, dim);
    }
    return size;
  }
}
