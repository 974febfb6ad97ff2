package io.rewarddance.rollout.store;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.TrainingBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of one verified rollout file. Arrays aren't copied: treat them as read-only.
 *
 * <p>R rollouts, S recorded states, D latent elements.
 */
public final class RolloutFile {
  private final StoredRollouts stored;
  private final RolloutHeader header;
  private final RolloutTable table;
  private final byte[][] samples; // [R][header.sampleBytes()]
  private final float[][] latents; // [R][S * D]

  RolloutFile(
      StoredRollouts stored,
      RolloutHeader header,
      RolloutTable table,
      byte[][] samples,
      float[][] latents) {
    this.stored = stored;
    this.header = header;
    this.table = table;
    this.samples = samples;
    this.latents = latents;
  }

  /** Where it lies. */
  public Path path() {
    return stored.path();
  }

  /** Lower-case hex sha-256 of the whole file. */
  public String sha256() {
    return stored.sha256();
  }

  /** Its size. */
  public long bytes() {
    return stored.bytes();
  }

  /** What holds for all rollouts. */
  public RolloutHeader header() {
    return header;
  }

  /** The small columns. */
  public RolloutTable table() {
    return table;
  }

  /** Rollouts: R. */
  public int size() {
    return table.size();
  }

  /** Rollout {@code index}'s image or video. */
  public Pixels sample(int index) {
    return Pixels.of(header.sampleShape(), samples[index]);
  }

  /** The frame that rollout {@code index}'s video was to begin with, where one was given. */
  public Optional<Image> firstFrame(int index) {
    byte[] all = table.firstFrame();
    int bytes = header.frameBytes();
    List<Integer> shape =
        header.sampleShape().subList(header.sampleShape().size() - 3, header.sampleShape().size());
    return all.length == 0
        ? Optional.empty()
        : Optional.of(
            Image.of(
                shape.get(0),
                shape.get(1),
                Arrays.copyOfRange(all, index * bytes, (index + 1) * bytes)));
  }

  /** Rollout {@code index}'s states, {@code [S * D]} flat: state s begins at {@code s * D}. */
  public float[] latents(int index) {
    return latents[index];
  }

  /**
   * Rollout {@code index}'s image gradient, {@code [height * width * 3]} flat, where there is one.
   */
  public Optional<float[]> imageGradient(int index) {
    int width = header.sampleBytes();
    float[] all = table.imageGradient();
    return all.length == 0
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(all, index * width, (index + 1) * width));
  }

  /**
   * The batch that was written.
   *
   * @throws IllegalArgumentException when a column holds what no batch can
   */
  public TrainingBatch toBatch() {
    return Columns.toBatch(this);
  }
}
