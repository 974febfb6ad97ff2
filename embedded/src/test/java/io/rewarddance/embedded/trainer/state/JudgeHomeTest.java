package io.rewarddance.embedded.trainer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeHomeTest {
  private static final int KEPT = 2;

  @TempDir Path directory;

  @Test
  void whatIsSavedComesBack() throws Exception {
    JudgeHome home = home("judge", Disk.real());
    assertThat(home.newest()).isEmpty();
    home.save(state(0), weights(0));
    home.save(state(1), weights(1));
    JudgeTrainingState read = home.newest().orElseThrow();
    assertSame(read, state(1));
    assertThat(read.optimizer().steps()).isEqualTo(2);
    assertThat(read.optimizer().square()).isEqualTo(state(1).optimizer().square());
    assertThat(read.baseDigest()).isEqualTo("b".repeat(64));
    for (int step = 0; step < 2; step++) {
      assertThat(home.weights(step, Sha256.of(weights(step)))).contains(weights(step));
    }
    assertThat(home.weights(2, "0".repeat(64))).isEmpty();
  }

  /** Weights before checkpoint: a state that is found has its weights. */
  @Test
  void killedBetweenAnyTwoOperationsItGoesOnFromAWholeState() throws Exception {
    for (boolean halfWay : new boolean[] {false, true}) {
      boolean killed = true;
      for (int operations = 0; killed; operations++) {
        String name = halfWay + "-" + operations;
        home(name, Disk.real()).save(state(0), weights(0));
        killed = killed(name, new DyingDisk(operations, halfWay));
        JudgeHome after = home(name, Disk.real());
        int step = after.newest().orElseThrow().step();
        assertSame(after.newest().orElseThrow(), state(step));
        assertThat(after.weights(step, Sha256.of(weights(step)))).isPresent();
        after.save(state(step + 1), weights(step + 1));
        assertThat(after.newest().orElseThrow().step()).isEqualTo(step + 1);
        if (!killed) {
          assertThat(step).isEqualTo(1);
          assertThat(operations).as("operations of a save").isEqualTo(8);
        }
      }
    }
  }

  @Test
  void damagedWeightsAreNotHandedOut() throws Exception {
    JudgeHome home = home("judge", Disk.real());
    home.save(state(0), weights(0));
    Path file = directory.resolve("judge/weights/step-000000000.safetensors");
    Files.write(file, new byte[] {1});
    assertThatThrownBy(() -> home.weights(0, Sha256.of(weights(0))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  private boolean killed(String name, DyingDisk disk) throws IOException {
    try {
      home(name, disk).save(state(1), weights(1));
      return false;
    } catch (DyingDisk.Killed e) {
      return true;
    }
  }

  private JudgeHome home(String name, Disk disk) {
    return new JudgeHome(directory.resolve(name), disk, KEPT);
  }

  private static byte[] weights(int step) {
    return ("weights of " + step).getBytes();
  }

  private static void assertSame(JudgeTrainingState found, JudgeTrainingState expected) {
    assertThat(found.trained()).isEqualTo(expected.trained());
    assertThat(found.average()).isEqualTo(expected.average());
    assertThat(found.weightsDigest()).isEqualTo(expected.weightsDigest());
    assertThat(found.history()).isEqualTo(expected.history());
    assertThat(found.judge()).isEqualTo(expected.judge());
  }

  private static JudgeTrainingState state(int step) {
    List<JudgeUpdateResult> history = new ArrayList<>();
    for (int i = 0; i <= step; i++) {
      history.add(
          new JudgeUpdateResult(
              "j",
              i,
              "d".repeat(64),
              i + 1,
              "e".repeat(64),
              4,
              0.5,
              0,
              0,
              1,
              0.75,
              1e-3,
              List.of(),
              0.25));
    }
    float[] square = {step, 3};
    OptimizerState optimizer =
        new OptimizerState(new float[] {1, step}, square, new float[2], step + 1L);
    return new JudgeTrainingState(
        "j",
        "b".repeat(64),
        Sha256.of(weights(step)),
        new float[] {step, 1},
        new float[] {2, step},
        optimizer,
        history);
  }
}
