package io.rewarddance.driver.generate;

import static io.rewarddance.driver.generate.Played.POLICY;
import static io.rewarddance.driver.generate.Played.SDE;
import static io.rewarddance.driver.generate.Played.draws;
import static io.rewarddance.rollout.FailureKind.GENERATOR_BAD_SHAPE;
import static io.rewarddance.rollout.FailureKind.GENERATOR_NOT_FINITE;
import static io.rewarddance.rollout.FailureKind.GENERATOR_WRONG_POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Played.Edit;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad answers of a generator end as typed failures, and only of the rows that they concern. */
final class GeneratorFailureTest {
  private static final String OTHER = "cd".repeat(32);

  private static List<Outcome<Drawing>> drawTwo(Tensor... replacements) {
    PlayedModel played = new PlayedModel(call -> Played.answer(call, replacements));
    return new Generator(Played.model(8), played).draw("a", draws(2), SDE, POLICY).join();
  }

  private static void assertFailed(Outcome<?> outcome, FailureKind kind, String text) {
    Failure failure = outcome.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains(text);
  }

  @Test
  void anotherVersionOrDigestIsTheWrongPolicyWhateverItDrew() {
    List<Outcome<Drawing>> version =
        drawTwo(
            Tensors.ofInt64("policy_version", new long[] {2, 1}, 3, 2),
            Played.latents(2, new Edit(18, Float.NaN)));
    assertThat(version.get(0).isFailed()).isFalse();
    assertFailed(version.get(1), GENERATOR_WRONG_POLICY, "version 2 (abab");
    assertFailed(version.get(1), GENERATOR_WRONG_POLICY, "expected: version 3 (abab");

    List<Outcome<Drawing>> digest = drawTwo(Played.digests(List.of(OTHER, POLICY.digest())));
    assertFailed(digest.get(0), GENERATOR_WRONG_POLICY, "(cdcdcdcdcdcd)");
    assertThat(digest.get(1).isFailed()).isFalse();
  }

  @Test
  void imagesAloneMustBeOfThePolicyToo() {
    PlayedModel played =
        new PlayedModel(
            call -> Played.answer(call, Played.digests(List.of(POLICY.digest(), OTHER))));
    var images = new Generator(Played.model(8), played).samples("a", draws(2), SDE, POLICY).join();
    assertThat(images.get(0).isFailed()).isFalse();
    assertFailed(images.get(1), GENERATOR_WRONG_POLICY, "(cdcdcdcdcdcd)");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aNumberThatIsNotFiniteFailsItsRow(float value) {
    List<Outcome<Drawing>> latents = drawTwo(Played.latents(2, new Edit(17, value)));
    assertFailed(latents.get(0), GENERATOR_NOT_FINITE, "latents");
    assertThat(latents.get(1).isFailed()).isFalse();

    List<Outcome<Drawing>> logProbs = drawTwo(Played.logProbs(2, new Edit(2, value)));
    assertThat(logProbs.get(0).isFailed()).isFalse();
    assertFailed(logProbs.get(1), GENERATOR_NOT_FINITE, "logProbs");

    List<Outcome<Drawing>> sigmas = drawTwo(Played.sigmas(2, new Edit(9, value)));
    assertFailed(sigmas.get(1), GENERATOR_NOT_FINITE, "sigmas");
  }

  @Test
  void aScheduleThatDoesntFallFailsItsRow() {
    List<Outcome<Drawing>> drawn = drawTwo(Played.sigmas(2, new Edit(1, 1)));
    assertFailed(drawn.get(0), GENERATOR_BAD_SHAPE, "a falling schedule");
    assertThat(drawn.get(1).isFailed()).isFalse();
  }

  static Stream<Arguments> wrongShapes() {
    return Stream.of(
        wrong(Tensors.ofUint8("image", new long[] {2, 6}, new byte[12]), "UINT8 [2,H,W,3]"),
        wrong(Tensors.ofUint8("image", new long[] {2, 1, 3, 2}, new byte[12]), "UINT8 [2,H,W,3]"),
        wrong(Tensors.ofUint8("image", new long[] {1, 2, 2, 3}, new byte[12]), "UINT8 [2,H,W,3]"),
        wrong(Tensors.ofUint8("image", new long[] {2, 0, 2, 3}), "height"),
        wrong(Tensors.ofInt8("image", new long[] {2, 1, 2, 3}, new byte[12]), "UINT8"),
        wrong(Tensors.ofFp32("latents", new long[] {2, 18}, new float[36]), "[2,S,...]"),
        wrong(Tensors.ofFp32("latents", new long[] {2, 2, 9}, new float[36]), "[2,3,...]"),
        wrong(Tensors.ofFp32("latents", new long[] {2, 3, 0}), "latentShape"),
        wrong(Tensors.ofFp32("latents", new long[] {2, 3, 1L << 40, 0}), "overflow"),
        wrong(Tensors.ofFp64("latents", new long[] {2, 3, 6}, new double[36]), "FP32"),
        wrong(Tensors.ofFp32("log_probs", new long[] {2, 3}, new float[6]), "FP32 [2,2]"),
        wrong(Tensors.ofFp32("log_probs", new long[] {4}, new float[4]), "[2,S-1]"),
        wrong(Tensors.ofFp64("log_probs", new long[] {2, 2}, new double[4]), "FP32"),
        wrong(Tensors.ofFp32("sigmas", new long[] {2, 4}, new float[8]), "FP32 [2,5]"),
        wrong(Tensors.ofInt32("policy_version", new long[] {2, 1}, 3, 3), "INT64"),
        wrong(Tensors.ofInt64("policy_version", new long[] {2, 0}), "[2,1])"),
        wrong(Tensors.ofInt64("policy_version", new long[] {2, 2}, 3, 9, 3, 9), "[2,1])"),
        wrong(Tensors.ofInt64("policy_version", new long[] {2, 1}, 0, 0), "version: 0"),
        wrong(Tensors.ofStrings("policy_digest", new long[] {2, 0}), "[2,1])"),
        wrong(Played.digests(List.of("live", "live")), "digest"),
        wrong(Tensors.ofStrings("image", new long[] {2, 1}, "a", "b"), "UINT8"));
  }

  private static Arguments wrong(Tensor output, String text) {
    return Arguments.of(output, text);
  }

  @ParameterizedTest
  @MethodSource("wrongShapes")
  void anotherShapeOrTypeFailsEveryRow(Tensor output, String text) {
    List<Outcome<Drawing>> drawn = drawTwo(output);
    assertThat(drawn).hasSize(2);
    assertFailed(drawn.get(0), GENERATOR_BAD_SHAPE, text);
    assertFailed(drawn.get(1), GENERATOR_BAD_SHAPE, text);
  }

  @Test
  void aMissingOutputIsABadShape() {
    PlayedModel played =
        new PlayedModel(
            call -> Played.answer(call).stream().filter(t -> !t.name().equals("sigmas")).toList());
    var drawn = new Generator(Played.model(8), played).draw("a", draws(1), SDE, POLICY).join();
    assertFailed(drawn.get(0), GENERATOR_BAD_SHAPE, "output 'sigmas' is missing");
  }

  @Test
  void aFailedCallFailsItsBatchAndNoOther() {
    PlayedModel played =
        new PlayedModel(
            call -> {
              if (PlayedModel.input(call, "seed").int64s()[0] == 102) {
                throw new TritonException(ErrorKind.DEADLINE, "host:1", "60 s");
              }
              return Played.answer(call);
            });
    var drawn = new Generator(Played.model(2), played).draw("a", draws(5), SDE, POLICY).join();
    assertThat(drawn)
        .extracting(Outcome::isFailed)
        .containsExactly(false, false, true, true, false);
    assertFailed(drawn.get(2), FailureKind.GENERATOR_TIMEOUT, "DEADLINE at host:1: 60 s");
  }

  @Test
  void aPinnedDrawingFailsInTheSameWay() {
    PlayedModel spoilt =
        new PlayedModel(call -> Played.answer(call, Played.latents(1, new Edit(0, Float.NaN))));
    assertFailed(
        new Generator(Played.model(8), spoilt).drawPinned("c", draws(1).get(0), SDE, 1, 1).join(),
        GENERATOR_NOT_FINITE,
        "latents");
    PlayedModel dead =
        new PlayedModel(
            call -> {
              throw new TritonException(
                  ErrorKind.BAD_REQUEST, "host:1", "policy_version 1 is not live");
            });
    assertFailed(
        new Generator(Played.model(8), dead).drawPinned("c", draws(1).get(0), SDE, 1, 1).join(),
        GENERATOR_WRONG_POLICY,
        "not live");
  }
}
