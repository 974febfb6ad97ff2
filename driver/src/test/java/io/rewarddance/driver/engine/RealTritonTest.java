package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.testing.RealTriton;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The loop, and what goes wrong with it, against NVIDIA's server. Skipped where that isn't. */
final class RealTritonTest extends RealTritonRuns {
  @Test
  void theSameSeedGivesTheSameRunAsWithTheEmbeddedServer() throws Exception {
    TinyRun outside =
        TinyRun.of(
            output,
            "outside",
            EXPERIMENT,
            "triton.endpoints=['" + triton.endpoint() + "']",
            "publish.directory='" + triton.repository() + "'");
    TinyRun inside = TinyRun.quickstart(output, "inside");
    RunSummary one = finished(outside.start());
    assertThat(triton.serves(4)).isTrue();
    assertThat(triton.serves(1)).isFalse();
    RunSummary two = finished(inside.start());
    assertThat(one.policyDigest()).isEqualTo(two.policyDigest());
    assertThat(outside.digest()).isEqualTo(inside.digest());
  }

  @Test
  void aStoppedRunGoesOnToTheSameEnd() throws Exception {
    String expected = undisturbed();
    TinyRun stopped = run("stopped");
    Run run = stopped.create();
    RunSummary half =
        run.execute(
            new RunListener() {
              @Override
              public void iterationFinished(IterationRecord record) {
                run.control().stop("enough");
              }
            });
    assertThat(half.phase()).isEqualTo(Phase.STOPPED);
    finished(stopped.goOn());
    assertThat(stopped.digest()).isEqualTo(expected);
  }

  @Test
  void aServerThatIsKilledAndRestartedIsWaitedFor() throws Exception {
    String expected = undisturbed();
    TinyRun rough = run("rough");
    RunListener killer =
        at(
            1,
            Progress.Stage.GENERATE,
            () -> {
              triton.kill();
              triton.launch();
            });
    finished(rough.create().execute(killer));
    assertThat(rough.digest()).isEqualTo(expected);
  }

  @Test
  void aServerThatStaysAwayPausesTheRunWithTheReason() throws Exception {
    String expected = undisturbed();
    TinyRun waiting =
        run(
            "waiting",
            "triton.retries=1",
            "policies.on_generator_failure=pause",
            "policies.on_judge_failure=pause");
    Run run = waiting.create();
    List<String> reasons = new ArrayList<>();
    RunListener killer = at(1, Progress.Stage.GENERATE, triton::kill);
    finished(run.execute(new Mending(killer, run, reasons, triton::relaunch)));
    assertThat(reasons.get(0)).contains("_UNAVAILABLE", triton.endpoint());
    assertThat(waiting.digest()).isEqualTo(expected);
  }

  @Test
  void oneOfTwoEndpointsGoesAndNoPolicyIsPublishedWithoutIt() throws Exception {
    String expected = undisturbed();
    try (RealTriton second = triton.another()) {
      second.relaunch();
      TinyRun two = onBoth(second, "two", "policies.on_publish_failure=pause");
      Run run = two.create();
      List<String> reasons = new ArrayList<>();
      RunListener killer = at(1, Progress.Stage.GENERATE, triton::kill);
      RunSummary summary =
          finished(run.execute(new Mending(killer, run, reasons, triton::relaunch)));
      assertThat(summary.counts()).containsEntry(CountNames.JUDGE_FAILURES, 0L);
      assertThat(reasons.get(0)).contains("PUBLISH_ERROR", triton.endpoint());
      assertThat(two.digest()).isEqualTo(expected);
    }
  }

  @Test
  void aVersionThatCantBeLoadedLeavesTheOldPolicyInService() throws Exception {
    String expected = undisturbed();
    AtomicBoolean spoilt = new AtomicBoolean();
    try (FaultyTriton between = new FaultyTriton(triton.endpoint())) {
      between.inject(
          new FaultyTriton.Fault() {
            @Override
            public void before(Object request) {
              if (request instanceof RepositoryModelLoadRequest
                  && Files.exists(triton.version(3))
                  && !spoilt.getAndSet(true)) {
                overwrite(triton.version(3).resolve("model.py"), "broken (");
              }
            }
          });
      TinyRun run =
          run(
              "broken",
              "triton.endpoints=['" + between.endpoint() + "']",
              "policies.on_publish_failure=stop");
      RunSummary summary = failed(run.start(), "PUBLISH_ERROR", "LOAD_FAILED", "SyntaxError");
      assertThat(summary.iterations()).isEqualTo(1);
      assertThat(triton.serves(2)).isTrue();
      assertThat(triton.serves(3)).isFalse();
      assertThat(triton.version(3)).doesNotExist();
      finished(run.goOn());
      assertThat(run.digest()).isEqualTo(expected);
    }
  }

  /** The second finds no memory for a policy that the first has loaded by then. */
  @Test
  void oneOfTwoEndpointsRefusesTheLoadAndNoneKeepsThePolicy() throws Exception {
    String expected = undisturbed();
    overwrite(triton.version(1).resolve("model.py"), entryThatCanRefuse());
    try (RealTriton second = triton.another()) {
      second.launch(Map.of("REFUSED_VERSION", "3", "LOADED_BY", triton.httpEndpoint()));
      second.await();
      TinyRun run = onBoth(second, "refused", "policies.on_publish_failure=stop");
      RunSummary summary =
          failed(run.start(), "PUBLISH_ERROR", second.endpoint(), "LOAD_FAILED", "no memory");
      assertThat(summary.iterations()).isEqualTo(1);
      for (RealTriton server : List.of(triton, second)) {
        assertThat(server.serves(2)).as(server.endpoint()).isTrue();
        assertThat(server.serves(3)).as(server.endpoint()).isFalse();
      }
      assertThat(triton.version(3)).doesNotExist();
      second.kill();
      second.relaunch();
      finished(run.goOn());
      assertThat(second.serves(4)).isTrue();
      assertThat(run.digest()).isEqualTo(expected);
    }
  }

  private TinyRun onBoth(RealTriton second, String name, String... sets) {
    return run(name, "triton.endpoints=['" + triton.endpoint() + "','" + second.endpoint() + "']")
        .with(sets);
  }

  /** As it is, but told to by its server's environment it waits for the other and gives up. */
  private static String entryThatCanRefuse() throws IOException {
    return Files.readString(triton.version(1).resolve("model.py"))
        + """


        import os
        import time
        import urllib.error
        import urllib.request


        class Refusing(TritonPythonModel):
            def initialize(self, args):
                version = args["model_version"]
                if version == os.environ.get("REFUSED_VERSION"):
                    await_other(version)
                    raise MemoryError("no memory")
                super().initialize(args)


        def await_other(version):
            ready = "http://%s/v2/models/shapes_generator/versions/%s/ready"
            for _ in range(300):
                try:
                    urllib.request.urlopen(ready % (os.environ["LOADED_BY"], version), timeout=5)
                    return
                except urllib.error.HTTPError:
                    time.sleep(0.1)
            raise TimeoutError("the other server doesn't load version " + version)


        TritonPythonModel = Refusing
        """;
  }

  @Test
  void otherWeightsUnderTheSameVersionAreCaught() throws Exception {
    String expected = undisturbed();
    String first = Sha256.of(triton.version(1).resolve("weights.safetensors"));
    TinyRun run = run("swapped", "policies.on_generator_failure=stop");
    RunListener swap =
        new RunListener() {
          @Override
          public void iterationStarted(int iteration) {
            if (iteration == 1) {
              triton.kill();
              swapWeights();
              triton.launch();
              triton.await();
            }
          }
        };
    RunSummary summary =
        failed(
            run.create().execute(swap),
            "GENERATOR_WRONG_POLICY",
            first.substring(0, 12),
            "expected: version 2");
    assertThat(summary.iterations()).isEqualTo(1);
    finished(run.goOn());
    assertThat(run.digest()).isEqualTo(expected);
  }

  private static void swapWeights() {
    Path weights = triton.version(2).resolve("weights.safetensors");
    try {
      Files.delete(weights);
      Files.copy(triton.version(1).resolve("weights.safetensors"), weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Triton answers OK to a load that finds nothing new. */
  @Test
  void versionsThatTheServerDoesntSeeAreNoticed() throws Exception {
    Path elsewhere = output.resolve("elsewhere");
    Trees.copy(triton.repository(), elsewhere);
    TinyRun run =
        run("blind", "publish.directory='" + elsewhere + "'", "policies.on_publish_failure=stop");
    RunSummary summary =
        failed(run.start(), "PUBLISH_ERROR", "version 2 isn't ready after the load");
    assertThat(summary.iterations()).isZero();
    assertThat(triton.serves(1)).isTrue();
    assertThat(elsewhere.resolve("shapes_generator/2")).doesNotExist();
  }

  /** Triton takes 2 GiB; what stands before it often takes less. */
  @Test
  void aMessageOverTheLimitOfAProxyIsNamedAndNotSentAgain() throws Exception {
    try (FaultyTriton proxy = new FaultyTriton(triton.endpoint(), 8 << 10)) {
      TinyRun run =
          run(
              "large",
              "triton.endpoints=['" + proxy.endpoint() + "']",
              "policies.on_judge_failure=stop");
      RunSummary summary = failed(run.start(), "JUDGE_ERROR", "TOO_LARGE", "8192");
      assertThat(summary.iterations()).isZero();
    }
  }
}
