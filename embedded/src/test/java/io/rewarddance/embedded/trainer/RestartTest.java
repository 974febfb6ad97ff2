package io.rewarddance.embedded.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.Evidence;
import io.rewarddance.embedded.trainer.service.Job;
import io.rewarddance.embedded.trainer.service.Submission;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.service.WorkThread;
import io.rewarddance.embedded.trainer.state.CheckpointStore;
import io.rewarddance.embedded.trainer.state.Disk;
import io.rewarddance.embedded.trainer.state.PolicyCheckpoint;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.embedded.trainer.update.Updater;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.store.StoredRollouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private static final int ITERATIONS = 3;
  private static final int ROLLOUTS = 28;

  @TempDir Path directory;

  @Test
  void stoppedInTheMiddleOfEachUpdateItEndsWithTheSameWeights() throws Exception {
    SampledRollouts rollouts = SampledRollouts.ode(ROLLOUTS);
    List<String> uninterrupted = new ArrayList<>();
    try (Running running = service("whole", 2)) {
      for (int i = 0; i < ITERATIONS; i++) {
        uninterrupted.add(update(running.service(), rollouts, i).policyDigest());
      }
    }
    List<String> interrupted = new ArrayList<>();
    for (int i = 0; i < ITERATIONS; i++) {
      try (Running running = service("broken", 1)) {
        Job job = submit(running.service(), rollouts, i);
        while (job.progress().progress() == 0) {
          Thread.onSpinWait();
        }
      }
      try (Running running = service("broken", 2)) {
        assertThat(running.service().policy().iteration())
            .as("nothing of the broken one")
            .isEqualTo(i - 1);
        interrupted.add(update(running.service(), rollouts, i).policyDigest());
      }
    }
    assertThat(interrupted).isEqualTo(uninterrupted).doesNotHaveDuplicates();
  }

  @Test
  void manyClientsThatSendTheSameUpdateAtOnceGetOneResult() throws Exception {
    SampledRollouts rollouts = SampledRollouts.ode(ROLLOUTS);
    try (Running running = service("state", 2)) {
      StoredRollouts file = file(running.service(), rollouts, 0);
      Submission submission = new Submission("test", 0, file.sha256(), file.path());
      CountDownLatch released = new CountDownLatch(4);
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        jobs.add(running.service().submit(submission, released::countDown));
      }
      for (Job job : jobs) {
        assertThat(job.outcome().get()).isEqualTo(jobs.get(0).outcome().get());
      }
      released.await();
      assertThat(running.service().policy().policyVersion()).isEqualTo(2);
    }
  }

  /** A service with what it works by. */
  private record Running(UpdateService service, WorkThread thread, Updater updater)
      implements AutoCloseable {
    @Override
    public void close() {
      service.cancel();
      thread.close();
      updater.close();
    }
  }

  private Running service(String name, int threads) throws IOException {
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    Path checkpoints = Files.createDirectories(directory.resolve(name));
    CheckpointStore<TrainerState> store =
        new CheckpointStore<>(checkpoints, Disk.real(), 2, new PolicyCheckpoint(model.digest()));
    WorkThread thread = new WorkThread();
    Updater updater = new Updater(model, threads);
    Evidence evidence = new Evidence(directory.resolve("evidence"));
    return new Running(
        new UpdateService(thread, updater, store, evidence, new Counters()), thread, updater);
  }

  private PolicyState update(UpdateService service, SampledRollouts rollouts, int iteration)
      throws IOException, InterruptedException, ExecutionException {
    submit(service, rollouts, iteration).outcome().get();
    return service.policy();
  }

  private Job submit(UpdateService service, SampledRollouts rollouts, int iteration)
      throws IOException {
    StoredRollouts file = file(service, rollouts, iteration);
    return service.submit(new Submission("test", iteration, file.sha256(), file.path()), () -> {});
  }

  private StoredRollouts file(UpdateService service, SampledRollouts rollouts, int iteration)
      throws IOException {
    PolicyState policy = service.policy();
    PolicyRef sampledBy = new PolicyRef(policy.policyVersion(), policy.policyDigest());
    return rollouts.write(directory, "test", iteration, sampledBy, fourSteps());
  }

  private static UpdateSettings fourSteps() {
    return TestSettings.nft(12, TestSettings.nft().optimizer());
  }
}
