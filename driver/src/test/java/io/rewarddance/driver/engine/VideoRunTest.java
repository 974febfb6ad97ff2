package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.picture.PngReader;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Video;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole runs on videos: the same engine, other models. */
final class VideoRunTest {
  private static final String GRPO = "training.algorithm=grpo";

  @TempDir Path output;

  private static double deviation(TinyRun run) throws Exception {
    return run.journal().stream()
        .flatMap(line -> line.data().findValues("ratio_deviation").stream())
        .mapToDouble(JsonNode::doubleValue)
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "shapes-video.yaml, nft",
    "shapes-video-first-frame.yaml, nft",
    "shapes-video.yaml, grpo",
    "shapes-video-first-frame.yaml, grpo"
  })
  void samplerAndTrainerAgreeOnVideos(String experiment, String algorithm) throws Exception {
    TinyRun run = TinyRun.of(output, "video", experiment, "rollouts.iterations=2");
    if (algorithm.equals("grpo")) {
      run = run.with(GRPO, "rollouts.sampler=flow-sde", "rollouts.sde_steps=1", "rollouts.steps=3");
    }
    run.start();
    assertThat(deviation(run)).isLessThan(1e-4);
    RolloutFile file = RolloutReader.read(run.directory().resolve("rollouts/iteration-000001.h5"));
    assertThat(file.header().sampleShape()).containsExactly(4, 16, 16, 3);
    assertThat(file.header().latentShape()).containsExactly(3, 4, 16, 16);
    boolean framed = experiment.contains("first-frame");
    for (int rollout = 0; rollout < file.size(); rollout++) {
      Image first = ((Video) file.sample(rollout)).frame(0);
      assertThat(file.firstFrame(rollout).filter(first::equals).isPresent()).isEqualTo(framed);
    }
    byte[] before = Files.readAllBytes(run.directory().resolve("policies/1/weights.safetensors"));
    byte[] after = Files.readAllBytes(run.directory().resolve("policies/3/weights.safetensors"));
    assertThat(Arrays.equals(before, after)).isFalse();
    Image sheet = PngReader.read(run.directory().resolve("samples/before-000.png"));
    assertThat(sheet.shape()).containsExactly(16, 4 * 16, 3);
    assertThat(run.journal().toString()).contains("motion");
  }

  @Test
  void equalRunsHaveEqualDigests() throws Exception {
    TinyRun one = TinyRun.of(output, "one", "shapes-video.yaml", "rollouts.iterations=1");
    TinyRun two = TinyRun.of(output, "two", "shapes-video.yaml", "rollouts.iterations=1");
    one.start();
    two.start();
    assertThat(Files.readAllBytes(one.directory().resolve("policies/2/weights.safetensors")))
        .isEqualTo(Files.readAllBytes(two.directory().resolve("policies/2/weights.safetensors")));
  }
}
