package io.rewarddance.embedded.trainer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.proto.training.UpdateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final String INITIAL = "a".repeat(64);
  private static final int KEPT = 2;

  @TempDir Path directory;

  @Test
  void whatIsSavedComesBack() throws Exception {
    TrainerState saved = state(3);
    store(Disk.real()).save(saved);
    TrainerState read = store(Disk.real()).newest().orElseThrow();
    assertSame(read, saved);
    assertThat(read.optimizer().steps()).isEqualTo(saved.optimizer().steps());
    assertThat(read.optimizer().mean()).isEqualTo(saved.optimizer().mean());
    assertThat(read.optimizer().square()).isEqualTo(saved.optimizer().square());
    assertThat(read.optimizer().momentum()).isEqualTo(saved.optimizer().momentum());
    assertThat(read.average()).isEqualTo(saved.average());
    assertThat(read.sampling()).isEqualTo(saved.sampling());
    assertThat(read.result(1)).isEqualTo(saved.result(1));
  }

  @Test
  void killedBetweenAnyTwoOperationsItGoesOnFromAWholeState() throws Exception {
    int survived = 0;
    for (boolean halfWay : new boolean[] {false, true}) {
      for (int operations = 0; ; operations++) {
        Path run = Files.createDirectory(directory.resolve(halfWay + "-" + operations));
        CheckpointStore<TrainerState> before =
            new CheckpointStore<>(run, Disk.real(), KEPT, new PolicyCheckpoint(INITIAL));
        before.save(state(2));
        before.save(state(3));
        DyingDisk disk = new DyingDisk(operations, halfWay);
        boolean killed =
            killed(
                () ->
                    new CheckpointStore<>(run, disk, KEPT, new PolicyCheckpoint(INITIAL))
                        .save(state(4)));
        CheckpointStore<TrainerState> after =
            new CheckpointStore<>(run, Disk.real(), KEPT, new PolicyCheckpoint(INITIAL));
        TrainerState found = after.newest().orElseThrow();
        assertThat(found.version()).isIn(3L, 4L);
        assertSame(found, state(found.version()));
        after.save(state(found.version() + 1));
        assertSame(after.newest().orElseThrow(), state(found.version() + 1));
        assertThat(after.versions()).hasSize(KEPT);
        if (!killed) {
          assertThat(operations).as("operations of a save").isEqualTo(5);
          assertThat(found.version()).isEqualTo(4);
          survived++;
          break;
        }
      }
    }
    assertThat(survived).isEqualTo(2);
  }

  @Test
  void aRollbackThatIsCutOffLeavesAWholeStateOfThePast() throws Exception {
    for (int operations = 0; ; operations++) {
      Path run = Files.createDirectory(directory.resolve("rollback-" + operations));
      CheckpointStore<TrainerState> before =
          new CheckpointStore<>(run, Disk.real(), 4, new PolicyCheckpoint(INITIAL));
      for (int version = 2; version <= 5; version++) {
        before.save(state(version));
      }
      DyingDisk disk = new DyingDisk(operations, false);
      boolean killed =
          killed(
              () ->
                  new CheckpointStore<>(run, disk, 4, new PolicyCheckpoint(INITIAL))
                      .forgetAfter(2));
      TrainerState found =
          new CheckpointStore<>(run, Disk.real(), 4, new PolicyCheckpoint(INITIAL))
              .newest()
              .orElseThrow();
      assertSame(found, state(found.version()));
      if (!killed) {
        assertThat(found.version()).isEqualTo(2);
        return;
      }
    }
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws Exception {
    CheckpointStore<TrainerState> store = store(Disk.real());
    store.save(state(2));
    store.save(state(3));
    Path newest = Disk.real().list(directory).get(1);
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 5] ^= 4;
    Files.write(newest, bytes);
    assertThat(store.newest().orElseThrow().version()).isEqualTo(2);
    assertThat(store.version(3)).isEmpty();
  }

  @Test
  void anotherModelsStateIsNotContinued() throws Exception {
    store(Disk.real()).save(state(2));
    CheckpointStore<TrainerState> other =
        new CheckpointStore<>(directory, Disk.real(), KEPT, new PolicyCheckpoint("b".repeat(64)));
    assertThatThrownBy(other::newest)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("initial weights: " + INITIAL);
  }

  @Test
  void aFullDiskIsAnErrorAndKeepsTheLastState() throws Exception {
    store(Disk.real()).save(state(2));
    Disk full = new FullDisk();
    assertThatThrownBy(() -> store(full).save(state(3))).isInstanceOf(IOException.class);
    assertThat(store(Disk.real()).newest().orElseThrow().version()).isEqualTo(2);
  }

  private CheckpointStore<TrainerState> store(Disk disk) {
    return new CheckpointStore<>(directory, disk, KEPT, new PolicyCheckpoint(INITIAL));
  }

  private interface Work {
    void run() throws IOException;
  }

  private static boolean killed(Work work) throws IOException {
    try {
      work.run();
      return false;
    } catch (DyingDisk.Killed e) {
      return true;
    }
  }

  private static void assertSame(TrainerState found, TrainerState expected) {
    assertThat(found.trained()).isEqualTo(expected.trained());
    assertThat(found.policyDigest()).isEqualTo(expected.policyDigest());
    assertThat(found.history()).isEqualTo(expected.history());
    assertThat(found.run()).isEqualTo(expected.run());
  }

  private static TrainerState state(long version) {
    List<UpdateResult> history = new ArrayList<>();
    for (int i = 0; i < version - 1; i++) {
      history.add(
          new UpdateResult(
              "test",
              i,
              "d".repeat(64),
              i + 2,
              "e".repeat(64),
              i,
              3,
              1,
              0.5,
              1,
              0,
              0,
              0,
              0,
              "velocity",
              0,
              1,
              1e-3,
              0.25));
    }
    return new TrainerState(
        "test",
        version,
        "e".repeat(64),
        values(version, 1),
        values(version, 2),
        values(version, 3),
        new OptimizerState(values(version, 4), values(version, 5), values(version, 6), version * 6),
        history);
  }

  private static float[] values(long version, int kind) {
    float[] values = new float[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = version + kind * 0.1f + i;
    }
    return values;
  }
}
