package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.testing.RealTriton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small runs on NVIDIA's server, one server a class. Skipped where that isn't installed. */
@Tag("real")
@Timeout(120)
abstract class RealTritonRuns {
  static final String EXPERIMENT = "quickstart-triton.yaml";
  static final String[] NO_EVALUATION = {
    "evaluate.every=0", "evaluate.held_out_images=0", "evaluate.grid=0"
  };

  @TempDir static Path served;
  static RealTriton triton;

  /** What the disturbed runs must come to in the end. */
  private static String undisturbed;

  @TempDir Path output;

  @BeforeAll
  static void serve() throws Exception {
    RealTriton.assumeInstalled(TinyRun.ROOT);
    triton = new RealTriton(TinyRun.ROOT, served.resolve("served"));
  }

  @AfterAll
  static void end() {
    if (triton != null) {
      triton.close();
    }
  }

  @BeforeEach
  void firstPolicy() throws IOException {
    triton.reset();
  }

  TinyRun run(String name, String... sets) {
    return on(triton, name, sets);
  }

  TinyRun on(RealTriton server, String name, String... sets) {
    return TinyRun.of(output, name, EXPERIMENT, NO_EVALUATION)
        .with(
            "triton.endpoints=['" + server.endpoint() + "']",
            "publish.directory='" + server.repository() + "'")
        .with(sets);
  }

  /** The digest of a run that nothing happened to, on the same server. */
  String undisturbed() throws Exception {
    if (undisturbed == null) {
      TinyRun calm = run("calm");
      finished(calm.start());
      undisturbed = calm.digest();
      triton.reset();
    }
    return undisturbed;
  }

  static RunSummary finished(RunSummary summary) {
    assertThat(summary.phase()).as(summary.reason()).isEqualTo(Phase.FINISHED);
    return summary;
  }

  static RunSummary failed(RunSummary summary, String... reasons) {
    assertThat(summary.phase()).isEqualTo(Phase.FAILED);
    assertThat(summary.reason()).contains(reasons);
    return summary;
  }

  /** Does something once, when a stage of an iteration comes up. */
  static RunListener at(int iteration, Progress.Stage stage, Runnable what) {
    AtomicBoolean there = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    return new RunListener() {
      @Override
      public void iterationStarted(int started) {
        there.set(started == iteration);
      }

      @Override
      public void progress(Progress progress) {
        if (there.get() && progress.stage() == stage && !done.getAndSet(true)) {
          what.run();
        }
      }
    };
  }

  /**
   * Mends what is broken when the run pauses, as a person would, and lets the run go on. Where the
   * client hasn't noticed yet, it pauses once more.
   */
  record Mending(RunListener inner, Run run, List<String> reasons, Runnable mend)
      implements RunListener {
    @Override
    public void iterationStarted(int iteration) {
      inner.iterationStarted(iteration);
    }

    @Override
    public void progress(Progress progress) {
      inner.progress(progress);
    }

    @Override
    public void paused(String reason) {
      reasons.add(reason);
      mend.run();
      run.control().resume();
    }
  }

  /** Never writes into the file itself: other versions may have the same one. */
  static void overwrite(Path file, String text) {
    try {
      Files.delete(file);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
