package io.rewarddance.driver.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Evaluation.When;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.driver.testing.ToyOracle;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeldOutTest {
  private static final PolicyRef FIRST = new PolicyRef(1, "0123456789abcdef".repeat(4));
  private static final PolicyRef LAST = new PolicyRef(9, "fedcba9876543210".repeat(4));
  private static final SamplerSettings ODE = new SamplerSettings(Sampler.ODE, 4, 0, 0, 0, 1);

  @TempDir Path run;
  private final List<Draw> draws = draws();

  private static List<Draw> draws() {
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      draws.add(new Draw(new Prompt(i, "prompt " + i, "category " + i % 2), 100 + i));
    }
    return draws;
  }

  private HeldOut heldOut(ToyGenerator generator, int grid) {
    return heldOut(generator, grid, run);
  }

  private HeldOut heldOut(ToyGenerator generator, int grid, Path directory) {
    ToyJudge judge = new ToyJudge((image, reference) -> (image + 1) / 258.0);
    Evaluator evaluator =
        new Evaluator(
            new Generator(ToyGenerator.MODEL, generator),
            ODE,
            List.of(judge.pointwise("judge")),
            Map.of(),
            Optional.of(ToyOracle.sound()));
    return new HeldOut(evaluator, draws, directory, grid);
  }

  private static List<Long> seeds(ToyGenerator generator) {
    return generator.calls.stream()
        .map(InferCall::inputs)
        .flatMap(List::stream)
        .filter(input -> input.name().equals("seed"))
        .map(Tensor::int64s)
        .flatMap(seeds -> Arrays.stream(seeds).boxed())
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("samples"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void beforeAndAfterAndProbeDrawTheSame() {
    ToyGenerator first = new ToyGenerator(FIRST);
    ToyGenerator last = new ToyGenerator(LAST);
    ToyGenerator probed = new ToyGenerator(LAST);
    Evaluation before = heldOut(first, 3).measure(When.BEFORE, 0, FIRST, 10, done -> {});
    Evaluation after = heldOut(last, 3).measure(When.AFTER, 8, LAST, 10, done -> {});
    heldOut(probed, 3).measure(When.PROBE, 4, LAST, 6, done -> {});
    List<Long> seeds = LongStream.range(100, 110).boxed().toList();
    assertThat(seeds(first)).isEqualTo(seeds);
    assertThat(seeds(last)).isEqualTo(seeds);
    assertThat(seeds(probed)).isEqualTo(seeds.subList(0, 6));
    for (int i = 0; i < 3; i++) {
      assertThat(after.samples().get(i).prompt()).isEqualTo(before.samples().get(i).prompt());
      assertThat(after.samples().get(i).seed()).isEqualTo(before.samples().get(i).seed());
    }
  }

  @Test
  void anEvaluationSaysWhatWasMeasuredOnWhom() {
    Evaluation after =
        heldOut(new ToyGenerator(LAST), 3).measure(When.AFTER, 8, LAST, 10, done -> {});
    assertThat(after.when()).isEqualTo(When.AFTER);
    assertThat(after.iterations()).isEqualTo(8);
    assertThat(after.policyVersion()).isEqualTo(9);
    assertThat(after.policyDigest()).isEqualTo(LAST.digest());
    assertThat(after.images()).isEqualTo(10);
    assertThat(after.categories()).containsOnlyKeys("category 0", "category 1");
    assertThat(after.goldStrict().orElseThrow().n()).isEqualTo(10);
    assertThat(after.drawing()).containsKeys("fit");
    assertThat(after.goldCorrelation()).isPresent();
  }

  @Test
  void theFirstImagesAreKeptPixelByPixel() throws IOException {
    Evaluation before =
        heldOut(new ToyGenerator(FIRST), 3).measure(When.BEFORE, 0, FIRST, 10, done -> {});
    assertThat(files()).containsExactly("before-000.png", "before-001.png", "before-002.png");
    for (int i = 0; i < 3; i++) {
      Evaluation.Sample sample = before.samples().get(i);
      byte[] rgb = ToyGenerator.image(FIRST.digest(), "prompt " + i, 100 + i).rgb();
      assertThat(sample.file()).isEqualTo("samples/before-00" + i + ".png");
      assertThat(sample.category()).isEqualTo("category " + i % 2);
      assertThat(sample.goldStrict()).contains((rgb[0] & 0xff) > 127);
      BufferedImage picture = ImageIO.read(run.resolve(sample.file()).toFile());
      for (int pixel = 0; pixel < 4; pixel++) {
        int expected =
            (rgb[pixel * 3] & 0xff) << 16
                | (rgb[pixel * 3 + 1] & 0xff) << 8
                | rgb[pixel * 3 + 2] & 0xff;
        assertThat(picture.getRGB(pixel % 2, pixel / 2) & 0xffffff).isEqualTo(expected);
      }
    }
  }

  @Test
  void aProbeKeepsNoImagesAndAGridNoMoreThanThereAre() throws IOException {
    Evaluation probe =
        heldOut(new ToyGenerator(FIRST), 3).measure(When.PROBE, 2, FIRST, 4, done -> {});
    assertThat(probe.samples()).isEmpty();
    assertThat(run.resolve("samples")).doesNotExist();
    Evaluation before =
        heldOut(new ToyGenerator(FIRST), 24).measure(When.BEFORE, 0, FIRST, 2, done -> {});
    assertThat(before.samples()).hasSize(2);
    assertThat(files()).hasSize(2);
  }

  @Test
  void aPictureThatCannotBeKeptIsAStoreError() throws IOException {
    Path file = Files.createFile(run.resolve("file"));
    HeldOut heldOut = heldOut(new ToyGenerator(FIRST), 3, file);
    assertThatThrownBy(() -> heldOut.measure(When.BEFORE, 0, FIRST, 10, done -> {}))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.STORE_ERROR))
        .hasMessageContaining("sample: ");
  }
}
