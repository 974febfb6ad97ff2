package io.rewarddance.driver.store;

import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * sha-256 of what an update learns from: policy, settings, and of each rollout its id, seed,
 * prompt, image, latents, log-probs, reward and advantage. Unlike the file's own digest it doesn't
 * know the run's name, so equal runs of different names have equal ones.
 */
public final class BatchDigest {
  private final MessageDigest sha = Sha256.fresh();

  private BatchDigest() {}

  public static String of(TrainingBatch batch) {
    BatchDigest digest = new BatchDigest();
    digest.add(batch.policy() + "\n" + batch.sampler() + "\n" + batch.updateSettingsJson());
    batch.rollouts().forEach(digest::add);
    return Sha256.hex(digest.sha);
  }

  private void add(AdvantagedRollout rollout) {
    Generation drawn = rollout.scored().generation();
    add(drawn.id() + "\n" + drawn.seed() + "\n" + drawn.prompt().text());
    sha.update(drawn.sample().rgb());
    add(drawn.trajectory().latents());
    add(drawn.trajectory().logProbs());
    add(rollout.scored().reward().total().orElse(Double.NaN));
    add(rollout.advantage());
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    sha.update(bytes);
  }

  private void add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    sha.update(bytes);
  }

  private void add(double value) {
    sha.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, value));
  }
}
