package io.rewarddance.rollout.preference;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Columns and attributes of an HDF5 file from any writer: contiguous, chunked or compressed, whole
 * numbers of any width, texts of fixed or variable length.
 */
final class Hdf5Columns {
  private static final int LARGEST_INTEGER_BYTES = 8;

  private final HdfFile file;
  private final FileChannel channel;

  /**
   * @param channel of the file's bytes
   */
  Hdf5Columns(HdfFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  boolean has(String name) {
    return file.getChild(name) != null;
  }

  /** A root attribute as text, when it is one text or one number. */
  Optional<String> note(String name) {
    Attribute attribute = file.getAttribute(name);
    if (attribute == null || attribute.getSize() != 1) {
      return Optional.empty();
    }
    Object value = attribute.getData();
    Object single = value != null && value.getClass().isArray() ? Array.get(value, 0) : value;
    return single instanceof String || single instanceof Number
        ? Optional.of(String.valueOf(single))
        : Optional.empty();
  }

  /** All root attributes that are one text or one number. */
  SortedMap<String, String> notes() {
    SortedMap<String, String> notes = new TreeMap<>();
    for (String name : file.getAttributes().keySet()) {
      note(name).ifPresent(value -> notes.put(name, value));
    }
    return notes;
  }

  /** Rows of a one-dimensional dataset. */
  int count(String name) {
    int[] dims = dataset(name).getDimensions();
    PreferenceCheck.that(dims.length == 1, name, "shape " + Arrays.toString(dims), "[P]");
    return dims[0];
  }

  long[] integers(String name, int count) {
    Dataset dataset = column(name, count);
    DataType type = dataset.getDataType();
    boolean fits =
        type instanceof FixedPoint whole
            && (whole.isSigned() || whole.getSize() < LARGEST_INTEGER_BYTES);
    PreferenceCheck.that(fits, name, describe(type), "whole numbers");
    Object values = dataset.getDataFlat();
    long[] wide = new long[count];
    for (int i = 0; i < count; i++) {
      wide[i] = Array.getLong(values, i);
    }
    return wide;
  }

  String[] texts(String name, int count) {
    Dataset dataset = column(name, count);
    DataType type = dataset.getDataType();
    boolean fits =
        type instanceof StringData
            || type instanceof VariableLength variable && variable.isVariableLengthString();
    PreferenceCheck.that(fits, name, describe(type), "text");
    String[] texts = (String[]) dataset.getDataFlat();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = texts[i] == null ? "" : texts[i];
    }
    return texts;
  }

  /** The images of a dataset u8 [M, height, width, 3]. */
  List<Image> images(String name) throws IOException {
    Dataset dataset = dataset(name);
    int[] dims = dataset.getDimensions();
    PreferenceCheck.that(
        dims.length == 4 && dims[3] == Image.CHANNELS,
        name,
        "shape " + Arrays.toString(dims),
        "[M, height, width, 3]");
    DataType type = dataset.getDataType();
    PreferenceCheck.that(
        type instanceof FixedPoint whole && whole.getSize() == 1 && !whole.isSigned(),
        name,
        describe(type),
        "unsigned bytes");
    PreferenceCheck.that(dims[0] > 0, name, "0 rows", "at least 1 image");
    return new ImageBlocks(file, channel, (DatasetBase) dataset).read();
  }

  private Dataset column(String name, int count) {
    Dataset dataset = dataset(name);
    int[] dims = dataset.getDimensions();
    PreferenceCheck.that(
        dims.length == 1 && dims[0] == count,
        name,
        "shape " + Arrays.toString(dims),
        "[" + count + "], a row for each pair");
    return dataset;
  }

  private Dataset dataset(String name) {
    if (!(file.getChild(name) instanceof Dataset dataset)) {
      throw new IllegalArgumentException(
          name + ": " + (has(name) ? "no dataset" : "missing") + " (expected: a dataset)");
    }
    return dataset;
  }

  private static String describe(DataType type) {
    return type.getClass().getSimpleName() + " of " + type.getSize() + " bytes";
  }
}
