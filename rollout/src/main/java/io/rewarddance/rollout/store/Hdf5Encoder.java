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
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Writes the HDF5 part of a rollout file. The same content gives the same bytes everywhere. */
final class Hdf5Encoder {
  private static final DatasetCreationOptions UNSIGNED =
      DatasetCreationOptions.builder().unsigned().build();

  private final List<Column> columns = new ArrayList<>();

  /**
   * A dataset to be written.
   *
   * @param value nested Java array, as jHDF wants it
   * @param feed puts the stored bytes through a digest
   */
  private record Column(String name, Object value, Consumer<DatasetDigest> feed) {
    String sha256() {
      DatasetDigest digest = new DatasetDigest();
      feed.accept(digest);
      return digest.hex();
    }
  }

  /** Queues all datasets. */
  Hdf5Encoder(RolloutHeader header, RolloutTable table, byte[][] images, float[][] latents) {
    ints(RolloutFormat.GROUP, table.group());
    ints(RolloutFormat.ROLLOUT, table.rollout());
    add(RolloutFormat.SEED, table.seed(), digest -> digest.add(table.seed()));
    ints(RolloutFormat.PROMPT_INDEX, table.promptIndex());
    strings(RolloutFormat.PROMPT, table.prompt());
    strings(RolloutFormat.CATEGORY, table.category());
    add(RolloutFormat.IMAGE, images, digest -> Arrays.stream(images).forEach(digest::add));
    add(
        RolloutFormat.LATENTS,
        states(latents, header.states()),
        digest -> Arrays.stream(latents).forEach(digest::add));
    if (header.sampler().sdeSteps() > 0) {
      float[][] rows = rows(table.logProbs(), table.size());
      add(RolloutFormat.LOG_PROBS, rows, digest -> digest.add(table.logProbs()));
    }
    add(RolloutFormat.SIGMAS, table.sigmas(), digest -> digest.add(table.sigmas()));
    if (table.imageGradient().length > 0) {
      float[][] rows = rows(table.imageGradient(), table.size());
      add(RolloutFormat.IMAGE_GRADIENT, rows, digest -> digest.add(table.imageGradient()));
    }
    doubles(RolloutFormat.REWARD, table.reward());
    family(RolloutFormat.REWARD_PARTS, table.rewardParts());
    family(RolloutFormat.YES_LOG_PROB, table.yesLogProb());
    family(RolloutFormat.NO_LOG_PROB, table.noLogProb());
    doubles(RolloutFormat.ADVANTAGE, table.advantage());
    byte[] trained = bytes(table.trained());
    add(RolloutFormat.TRAINED, trained, digest -> digest.add(trained));
  }

  /**
   * Writes the file; jHDF does so when it is closed, so only then do errors show.
   *
   * @param path must not exist: jHDF doesn't truncate
   */
  void write(Path path, RolloutHeader header, int formatVersion) {
    // Hashing outweighs writing; images and latents are hashed side by side.
    List<String> digests = columns.parallelStream().map(Column::sha256).toList();
    try (WritableHdfFile file = HdfFile.write(path)) {
      // Names the operating system, which would make equal batches unequal files.
      file.removeAttribute("_jHDF");
      attributes(file, header, formatVersion);
      file.putGroup(RolloutFormat.REWARD_PARTS);
      file.putGroup(RolloutFormat.YES_LOG_PROB);
      file.putGroup(RolloutFormat.NO_LOG_PROB);
      for (int i = 0; i < columns.size(); i++) {
        put(file, columns.get(i)).putAttribute(RolloutFormat.SHA256, digests.get(i));
      }
    }
  }

  private static WritableDataset put(WritableHdfFile file, Column column) {
    boolean unsigned = column.value() instanceof byte[] || column.value() instanceof byte[][];
    DatasetCreationOptions options = unsigned ? UNSIGNED : DatasetCreationOptions.DEFAULT;
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
    file.putAttribute("image_shape", ints(header.imageShape()));
    file.putAttribute("latent_shape", ints(header.latentShape()));
    file.putAttribute("update_settings", header.updateSettingsJson());
  }

  private void add(String name, Object value, Consumer<DatasetDigest> feed) {
    columns.add(new Column(name, value, feed));
  }

  private void ints(String name, int[] values) {
    add(name, values, digest -> digest.add(values));
  }

  private void doubles(String name, double[] values) {
    add(name, values, digest -> digest.add(values));
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
        digest -> Arrays.stream(texts).forEach(text -> digest.add(Arrays.copyOf(text, width))));
  }

  private static float[][][] states(float[][] latents, int states) {
    float[][][] nested = new float[latents.length][][];
    for (int r = 0; r < latents.length; r++) {
      nested[r] = states == 1 ? new float[][] {latents[r]} : rows(latents[r], states);
    }
    return nested;
  }

  private static float[][] rows(float[] flat, int rows) {
    int width = flat.length / rows;
    float[][] nested = new float[rows][];
    for (int i = 0; i < rows; i++) {
      nested[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return nested;
  }

  private static byte[] bytes(boolean[] flags) {
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
