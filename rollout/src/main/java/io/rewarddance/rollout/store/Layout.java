package io.rewarddance.rollout.store;

import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads header, table and rows of a file by the names of {@link RolloutFormat}. */
final class Layout {
  private static final String IMAGE_SHAPE = shapeOf(RolloutFormat.IMAGE);
  private static final String VIDEO_SHAPE = shapeOf(RolloutFormat.VIDEO);

  private final Hdf5Decoder decoder;
  private final RolloutHeader header;
  private final int size;

  /** Reads the header. */
  Layout(Hdf5Decoder decoder) {
    this.decoder = decoder;
    this.header = header(decoder);
    this.size = decoder.count(RolloutFormat.GROUP);
  }

  /** Name of the attribute with the shape of what a dataset holds. */
  static String shapeOf(String dataset) {
    return dataset + "_shape";
  }

  RolloutHeader header() {
    return header;
  }

  /** Rollouts: R. */
  int size() {
    return size;
  }

  RolloutTable table() throws IOException {
    return new RolloutTable(
        decoder.ints(RolloutFormat.GROUP, size),
        decoder.ints(RolloutFormat.ROLLOUT, size),
        decoder.longs(RolloutFormat.SEED, size),
        decoder.ints(RolloutFormat.PROMPT_INDEX, size),
        decoder.strings(RolloutFormat.PROMPT, size),
        decoder.strings(RolloutFormat.CATEGORY, size),
        logProbs(),
        decoder.floats(RolloutFormat.SIGMAS, header.sampler().steps() + 1),
        firstFrames(),
        imageGradients(),
        decoder.doubles(RolloutFormat.REWARD, size),
        family(RolloutFormat.REWARD_PARTS),
        family(RolloutFormat.YES_LOG_PROB),
        family(RolloutFormat.NO_LOG_PROB, decoder.names(RolloutFormat.YES_LOG_PROB)),
        decoder.doubles(RolloutFormat.ADVANTAGE, size),
        trained());
  }

  /** Address of the images or videos, row r at {@code r * header().sampleBytes()}. */
  long samples() throws IOException {
    return decoder.locateBytes(header.sampleName(), size, header.sampleBytes());
  }

  /** Address of the latents, row r at {@code 4 * r * S * D}. */
  long latents() throws IOException {
    return decoder.locateFloats(RolloutFormat.LATENTS, size, header.states(), header.latentSize());
  }

  private float[] logProbs() throws IOException {
    int window = header.sampler().sdeSteps();
    return window == 0 ? new float[0] : decoder.floats(RolloutFormat.LOG_PROBS, size, window);
  }

  /** Files of before there were gradients, and those that need none, lack the dataset. */
  private float[] imageGradients() throws IOException {
    return decoder.has(RolloutFormat.IMAGE_GRADIENT)
        ? decoder.floats(RolloutFormat.IMAGE_GRADIENT, size, header.sampleBytes())
        : new float[0];
  }

  /** Only image-to-video has them. */
  private byte[] firstFrames() throws IOException {
    return decoder.has(RolloutFormat.FIRST_FRAME)
        ? decoder.bytes(RolloutFormat.FIRST_FRAME, size, header.frameBytes())
        : new byte[0];
  }

  private boolean[] trained() throws IOException {
    byte[] values = decoder.bytes(RolloutFormat.TRAINED, size);
    boolean[] flags = new boolean[size];
    for (int r = 0; r < size; r++) {
      flags[r] = values[r] != 0;
    }
    return flags;
  }

  private SortedMap<String, double[]> family(String group) throws IOException {
    return family(group, decoder.names(group));
  }

  private SortedMap<String, double[]> family(String group, Set<String> names) throws IOException {
    SortedMap<String, double[]> columns = new TreeMap<>();
    for (String name : names) {
      columns.put(name, decoder.doubles(group + "/" + name, size));
    }
    return columns;
  }

  private static RolloutHeader header(Hdf5Decoder decoder) {
    SamplerSettings sampler =
        new SamplerSettings(
            Sampler.of(decoder.attribute("sampler", String.class)),
            decoder.attribute("steps", Integer.class),
            decoder.attribute("sde_start", Integer.class),
            decoder.attribute("sde_steps", Integer.class),
            decoder.attribute("noise_level", Float.class),
            decoder.attribute("guidance", Float.class));
    return new RolloutHeader(
        decoder.attribute("run", String.class),
        decoder.attribute("iteration", Integer.class),
        Algorithm.of(decoder.attribute("algorithm", String.class)),
        new PolicyRef(
            decoder.attribute("policy_version", Long.class),
            decoder.attribute("policy_digest", String.class)),
        sampler,
        decoder.attribute("seed", Long.class),
        shape(decoder, decoder.hasAttribute(VIDEO_SHAPE) ? VIDEO_SHAPE : IMAGE_SHAPE),
        shape(decoder, "latent_shape"),
        decoder.attribute("update_settings", String.class));
  }

  private static List<Integer> shape(Hdf5Decoder decoder, String name) {
    return Arrays.stream(decoder.attribute(name, int[].class)).boxed().toList();
  }
}
