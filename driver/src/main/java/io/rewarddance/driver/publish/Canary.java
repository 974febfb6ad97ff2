package io.rewarddance.driver.publish;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Drawing;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** One small fixed drawing that shows which weights answer. */
public final class Canary {
  /**
   * What came back.
   *
   * @param policy who says to have answered
   * @param latents sha-256 of the final latent's little-endian float32 bytes: what the weights
   *     really gave; empty where that isn't looked at
   */
  public record Song(PolicyRef policy, String latents) {}

  private static final SamplerSettings SETTINGS = new SamplerSettings(Sampler.ODE, 2, 0, 0, 0, 1);

  private final Generator generator;
  private final Draw draw;
  private final boolean pinModelVersion;
  private final boolean hearsLatents;

  /**
   * @param pinModelVersion whether a policy's version is also its model version, as it is wherever
   *     publishing makes version directories
   * @param hearsLatents whether latents count; without them only the policy's word is left
   */
  public Canary(Generator generator, Draw draw, boolean pinModelVersion, boolean hearsLatents) {
    this.generator = generator;
    this.draw = draw;
    this.pinModelVersion = pinModelVersion;
    this.hearsLatents = hearsLatents;
  }

  /**
   * Draws.
   *
   * @param endpoint way to the endpoint that is asked
   * @param policyVersion who must answer; empty for whichever is live
   * @throws StepFailedException of kind CANARY_MISMATCH when no sound answer comes
   */
  public Song sing(Inference endpoint, OptionalLong policyVersion) {
    long version = policyVersion.orElse(Generator.ANY_POLICY);
    long modelVersion = pinModelVersion ? version : InferCall.NEWEST;
    Outcome<Drawing> outcome =
        generator
            .through(endpoint)
            .drawPinned("canary", draw, SETTINGS, modelVersion, version)
            .join();
    Drawing drawing =
        outcome
            .value()
            .orElseThrow(
                () ->
                    new StepFailedException(
                        FailureKind.CANARY_MISMATCH, "canary: " + outcome.failure().orElseThrow()));
    String latents = hearsLatents ? digest(drawing.trajectory().latents()) : "";
    return new Song(drawing.policy(), latents);
  }

  private static String digest(float[] latents) {
    ByteBuffer bytes =
        ByteBuffer.allocate(latents.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(latents);
    MessageDigest sha = Sha256.fresh();
    sha.update(bytes);
    return Sha256.hex(sha);
  }
}
