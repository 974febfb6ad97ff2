package io.rewarddance.rollout.store;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes the HDF5 part of a rollout file, but for the rows of its {@link BulkDataset}s. The same
 * content gives the same bytes everywhere.
 */
final class Hdf5Encoder {
  static final DatasetCreationOptions UNSIGNED =
      DatasetCreationOptions.builder().unsigned().build();

  private final List<Column> columns = new ArrayList<>();
  private final Map<String, BulkRows> bulk;

  /**
   * A small dataset.
   *
   * @param value nested Java array, as jHDF wants it
   * @param stored its bytes in the file
   */
  private record Column(String name, Object value, StoredBytes.Column stored) {}

  /**
   * Queues all datasets.
   *
   * @param bulk the large ones, by name
   */
  Hdf5Encoder(RolloutHeader header, RolloutTable table, Map<String, BulkRows> bulk) {
    this.bulk = bulk;
    ints(RolloutFormat.GROUP, table.group());
    ints(RolloutFormat.ROLLOUT, table.rollout());
    add(RolloutFormat.SEED, table.seed(), bytes -> bytes.add(table.seed()));
    ints(RolloutFormat.PROMPT_INDEX, table.promptIndex());
    strings(RolloutFormat.PROMPT, table.prompt());
    strings(RolloutFormat.CATEGORY, table.category());
    if (header.sampler().sdeSteps() > 0) {
      float[][] rows = rows(table.logProbs(), table.size());
      add(RolloutFormat.LOG_PROBS, rows, bytes -> bytes.add(table.logProbs()));
    }
    add(RolloutFormat.SIGMAS, table.sigmas(), bytes -> bytes.add(table.sigmas()));
    if (table.firstFrame().length > 0) {
      byte[][] rows = rows(table.firstFrame(), table.size());
      add(RolloutFormat.FIRST_FRAME, rows, bytes -> bytes.add(table.firstFrame()));
    }
    if (table.imageGradient().length > 0) {
      float[][] rows = rows(table.imageGradient(), table.size());
      add(RolloutFormat.IMAGE_GRADIENT, rows, bytes -> bytes.add(table.imageGradient()));
    }
    doubles(RolloutFormat.REWARD, table.reward());
    family(RolloutFormat.REWARD_PARTS, table.rewardParts());
    family(RolloutFormat.YES_LOG_PROB, table.yesLogProb());
    family(RolloutFormat.NO_LOG_PROB, table.noLogProb());
    doubles(RolloutFormat.ADVANTAGE, table.advantage());
    byte[] trained = flags(table.trained());
    add(RolloutFormat.TRAINED, trained, bytes -> bytes.add(trained));
  }

  /**
   * Writes the file; jHDF does so when it is closed, so only then do errors show.
   *
   * @param path must not exist: jHDF doesn't truncate
   * @return the datasets whose rows and checksums are still to be written, as they lie in the file
   */
  List<BulkDataset> write(Path path, RolloutHeader header, int formatVersion) {
    List<BulkDataset> holes = new ArrayList<>();
    try (WritableHdfFile file = HdfFile.write(path)) {
      // Names the operating system, which would make equal batches unequal files.
      file.removeAttribute("_jHDF");
      attributes(file, header, formatVersion);
      file.putGroup(RolloutFormat.REWARD_PARTS);
      file.putGroup(RolloutFormat.YES_LOG_PROB);
      file.putGroup(RolloutFormat.NO_LOG_PROB);
      for (Column column : columns) {
        int crc32 = StoredBytes.crc32(column.stored());
        put(file, column).putAttribute(RolloutFormat.CRC32, crc32, true);
      }
      bulk.forEach((name, rows) -> holes.add(new BulkDataset(file, name, rows)));
      holes.forEach(hole -> file.putDataset(hole.getName(), hole));
    }
    holes.sort(Comparator.comparingLong(BulkDataset::address));
    return holes;
  }

  private static WritableDataset put(WritableHdfFile file, Column column) {
    DatasetCreationOptions options =
        column.value() instanceof byte[] || column.value() instanceof byte[][]
            ? UNSIGNED
            : DatasetCreationOptions.DEFAULT;
    int slash = column.name().indexOf('/');
    if (slash < 0) {
      return file.putDataset(column.name(), column.value(), options);
    }
    WritableGroup group = (WritableGroup) file.getChild(column.name().substring(0, slash));
    return group.putDataset(column.name().substring(slash + 1), column.value(), options);
  }

  static void attributes(WritableHdfFile file, RolloutHeader header, int formatVersion) {
    file.putAttribute("format", RolloutFormat.NAME);
    file.putAttribute("format_version", formatVersion);
    file.putAttribute("run", header.run());
    file.putAttribute("iteration", header.iteration());
    file.putAttribute("algorithm", header.algorithm().wireName());
    file.putAttribute("policy_version", header.policy().version());
    file.putAttribute("policy_digest", header.policy().digest());
    file.putAttribute("sampler", header.sampler().sampler().wireName());
    file.putAttribute("steps", header.sampler().steps());
    file.putAttribute("sde_start", header.sampler().sdeStart());
    file.putAttribute("sde_steps", header.sampler().sdeSteps());
    file.putAttribute("noise_level", header.sampler().noiseLevel());
    file.putAttribute("guidance", header.sampler().guidance());
    file.putAttribute("seed", header.seed());
    file.putAttribute(Layout.shapeOf(header.sampleName()), ints(header.sampleShape()));
    file.putAttribute("latent_shape", ints(header.latentShape()));
    file.putAttribute("update_settings", header.updateSettingsJson());
  }

  private void add(String name, Object value, StoredBytes.Column stored) {
    columns.add(new Column(name, value, stored));
  }

  private void ints(String name, int[] values) {
    add(name, values, bytes -> bytes.add(values));
  }

  private void doubles(String name, double[] values) {
    add(name, values, bytes -> bytes.add(values));
  }

  private void family(String group, SortedMap<String, double[]> columns) {
    columns.forEach((name, values) -> doubles(group + "/" + name, values));
  }

  /** jHDF stores fixed-length strings, padded with NUL to one byte more than the longest. */
  private void strings(String name, String[] values) {
    byte[][] texts =
        Arrays.stream(values).map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int width = Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0) + 1;
    add(
        name,
        values,
        bytes -> Arrays.stream(texts).forEach(text -> bytes.add(Arrays.copyOf(text, width))));
  }

  private static float[][] rows(float[] flat, int rows) {
    int width = flat.length / rows;
    float[][] nested = new float[rows][];
    for (int i = 0; i < rows; i++) {
      nested[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return nested;
  }

  private static byte[][] rows(byte[] flat, int rows) {
    int width = flat.length / rows;
    byte[][] nested = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      nested[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return nested;
  }

  private static byte[] flags(boolean[] flags) {
    byte[] values = new byte[flags.length];
    for (int i = 0; i < flags.length; i++) {
      values[i] = (byte) (flags[i] ? 1 : 0);
    }
    return values;
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
