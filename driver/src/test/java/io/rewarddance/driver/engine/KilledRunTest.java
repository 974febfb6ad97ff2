package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.cli.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again, as by {@code kill -9}, and each time resumed. */
@Timeout(400)
final class KilledRunTest {
  private static final int KILLS = 10;
  private static final String ITERATIONS = "rollouts.iterations=10";

  /** Another moment each time; the number of the run that failed tells how to have it again. */
  private static final long SEED = Long.getLong("rewarddance.kill.seed", System.nanoTime());

  @TempDir Path output;

  @Test
  void endsAsIfItHadNeverBeenKilled() throws Exception {
    TinyRun whole = TinyRun.quickstart(output, "whole", ITERATIONS);
    whole.start();
    TinyRun killed = TinyRun.quickstart(output, "killed", ITERATIONS);
    Random random = new Random(SEED);
    int kills = 0;
    int exit = -1;
    for (int sittings = 0; exit != 0 && sittings < 3 * KILLS; sittings++) {
      Process process = start(killed);
      if (kills < KILLS) {
        kills += killSomewhere(process, killed.directory().resolve("journal.jsonl"), random);
      }
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      exit = process.exitValue();
    }
    assertThat(exit).as("seed %d: %s", SEED, log()).isZero();
    assertThat(killed.digest()).as("seed %d, %d kills", SEED, kills).isEqualTo(whole.digest());
    Path weights = Path.of("policies/11/weights.safetensors");
    assertThat(killed.directory().resolve(weights))
        .hasSameBinaryContentAs(whole.directory().resolve(weights));
  }

  /** At any time during the start, or some lines further on in the journal. */
  private static int killSomewhere(Process process, Path journal, Random random) throws Exception {
    long lines = random.nextInt(4);
    long length = length(journal);
    while (process.isAlive() && lines > 0) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
      if (length(journal) > length) {
        length = length(journal);
        lines--;
      }
    }
    process.waitFor(random.nextInt(length == 0 ? 3000 : 400), TimeUnit.MILLISECONDS);
    int killed = process.isAlive() ? 1 : 0;
    process.destroyForcibly();
    return killed;
  }

  private static long length(Path file) throws Exception {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private Process start(TinyRun run) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // A killed process leaves its unpacked native libraries behind: here they go with the test.
    command.add("-Djava.io.tmpdir=" + output);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    if (Files.exists(run.directory())) {
      command.addAll(List.of("resume", run.directory().toString()));
    } else {
      command.addAll(
          List.of("run", TinyRun.ROOT.resolve("experiments/quickstart.yaml").toString()));
      run.settings().forEach(set -> command.addAll(List.of("--set", set)));
    }
    command.add("--plain");
    File log = output.resolve("log.txt").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private String log() throws Exception {
    return Files.readString(output.resolve("log.txt"));
  }
}
