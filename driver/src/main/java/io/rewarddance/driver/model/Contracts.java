package io.rewarddance.driver.model;

import static io.rewarddance.driver.model.TensorRule.optional;
import static io.rewarddance.driver.model.TensorRule.required;
import static io.rewarddance.proto.tensor.DataType.BF16;
import static io.rewarddance.proto.tensor.DataType.BYTES;
import static io.rewarddance.proto.tensor.DataType.FP16;
import static io.rewarddance.proto.tensor.DataType.FP32;
import static io.rewarddance.proto.tensor.DataType.INT32;
import static io.rewarddance.proto.tensor.DataType.INT64;
import static io.rewarddance.proto.tensor.DataType.UINT8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The contracts of the served models: the only place where the program states them. {@code
 * docs/contracts.md} says what each tensor means, and a test compares the two.
 */
public final class Contracts {
  private static final String PIXELS = "[H,W,3]";

  /** Shape of a video. */
  static final Dimensions FRAMES = new Dimensions("[F,H,W,3]");

  /** Draws. */
  public static final Contract GENERATOR =
      new Contract(
          "generator",
          List.of(
              required("prompt", BYTES, "[1]"),
              required("seed", INT64, "[1]"),
              required("steps", INT32, "[1]"),
              required("sde_start", INT32, "[1]"),
              required("sde_steps", INT32, "[1]"),
              required("noise_level", FP32, "[1]"),
              required("guidance", FP32, "[1]"),
              required("sampler", BYTES, "[1]"),
              required("policy_version", INT64, "[1]"),
              optional("first_frame", UINT8, PIXELS),
              optional("start_latent", FP32, "[...]"),
              optional("start_step", INT32, "[1]"),
              optional("renoise_step", INT32, "[1]"),
              optional("stop_step", INT32, "[1]")),
          List.of(
              required("image", UINT8, PIXELS),
              optional("video", UINT8, FRAMES.text()),
              new TensorRule("latents", List.of(FP32, FP16, BF16), new Dimensions("[S,...]"), true),
              required("log_probs", FP32, "[S-1]"),
              required("sigmas", FP32, "[N+1]"),
              required("policy_version", INT64, "[1]"),
              required("policy_digest", BYTES, "[1]")));

  /** Draws, and can take a trajectory up in the middle. */
  public static final Contract PATH_GENERATOR =
      GENERATOR
          .sending("generator of paths", "start_latent")
          .sending("generator of paths", "start_step")
          .sending("generator of paths", "renoise_step")
          .sending("generator of paths", "stop_step");

  /** Draws videos that begin with a given frame. */
  public static final Contract FIRST_FRAME_GENERATOR =
      GENERATOR.sending("generator from a first frame", "first_frame");

  /** Says yes or no of an image. */
  public static final Contract POINTWISE_JUDGE =
      new Contract(
          "judge, pointwise",
          List.of(
              required("prompt", BYTES, "[1]"),
              required("instruction", BYTES, "[1]"),
              required("image", UINT8, PIXELS),
              optional("video", UINT8, FRAMES.text()),
              optional("reference", UINT8, PIXELS),
              required("max_reason_tokens", INT32, "[1]")),
          List.of(
              required("yes_log_prob", FP32, "[1]"),
              required("no_log_prob", FP32, "[1]"),
              optional("reason", BYTES, "[1]"),
              optional("image_gradient", FP32, PIXELS)));

  /** Says yes or no of an image beside a reference. */
  public static final Contract PAIRWISE_JUDGE =
      POINTWISE_JUDGE.sending("judge, pairwise", "reference");

  /** A judge that also tells how an image should change. */
  public static Contract withGradient(Contract judge) {
    return judge.asking(judge.role() + ", with gradients", "image_gradient");
  }

  /** Knows the truth; its other FP32 [1] outputs are drawing metrics, INT32 [1] ones labels. */
  public static final Contract ORACLE =
      new Contract(
          "oracle",
          List.of(
              required("prompt", BYTES, "[1]"),
              required("image", UINT8, PIXELS),
              optional("video", UINT8, FRAMES.text())),
          List.of(
              required("strict", FP32, "[1]"),
              required("graded", FP32, "[1]"),
              optional("diversity_label", INT32, "[1]")));

  /** Tells a simulated annotator how alike an image and a reference are. */
  public static final Contract STYLE =
      new Contract(
          "style model",
          List.of(
              required("prompt", BYTES, "[1]"),
              required("image", UINT8, PIXELS),
              required("reference", UINT8, PIXELS)),
          List.of(required("score", FP32, "[1]")));

  /** Gives a simulated annotator its reasons. */
  public static final Contract CRITIC =
      new Contract(
          "critic",
          List.of(required("prompt", BYTES, "[1]"), required("image", UINT8, PIXELS)),
          List.of(required("finding", BYTES, "[1]")));

  public static final List<Contract> ALL =
      List.of(GENERATOR, POINTWISE_JUDGE, PAIRWISE_JUDGE, ORACLE, STYLE, CRITIC);

  private Contracts() {}

  /** The first input for images or videos that has another shape than what a generator draws. */
  public static Optional<Difference> sampleShape(ServedModel generator, ServedModel viewer) {
    String medium = Medium.of(generator).tensor();
    Optional<ServedTensor> drawn = generator.output(medium);
    boolean other = Medium.of(viewer) != Medium.of(generator);
    if (drawn.isPresent() && other && viewer.input(medium).isEmpty()) {
      return Optional.of(
          new Difference(
              Difference.Kind.MISSING,
              "input '" + medium + "'",
              "",
              asDrawn(drawn.get(), generator)));
    }
    return Stream.of(medium, "reference")
        .flatMap(name -> viewer.input(name).stream())
        .filter(input -> drawn.isPresent() && !agree(drawn.get(), input))
        .findFirst()
        .map(
            input ->
                new Difference(
                    Difference.Kind.SHAPE,
                    "input '" + input.name() + "'",
                    input.described(),
                    asDrawn(drawn.get(), generator)));
  }

  private static String asDrawn(ServedTensor drawn, ServedModel generator) {
    return drawn.described() + ", as '" + generator.name() + "' draws them";
  }

  /** Checks that a model can look at what a generator draws. */
  public static void requireSampleShape(ServedModel generator, ServedModel viewer) {
    sampleShape(generator, viewer)
        .ifPresent(
            difference -> {
              throw new ModelMismatchException(
                  "model '" + viewer.name() + "' " + difference.text());
            });
  }

  /** Checks that first frames have the size that a generator takes. */
  public static void requireFirstFrame(ServedModel generator, List<Integer> shape) {
    ServedTensor taken = generator.input("first_frame").orElseThrow();
    if (!agree(shape.stream().map(Integer::longValue).toList(), taken.dimensions())) {
      throw new ModelMismatchException(
          "model '%s' has input 'first_frame' %s (expected: %s, as the prompts' first frames are)"
              .formatted(generator.name(), taken.described(), shape));
    }
  }

  private static boolean agree(ServedTensor drawn, ServedTensor seen) {
    return agree(drawn.dimensions(), seen.dimensions());
  }

  private static boolean agree(List<Long> one, List<Long> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      boolean varies = one.get(i) < 0 || other.get(i) < 0;
      if (!varies && !one.get(i).equals(other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }
}
