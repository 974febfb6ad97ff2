package io.rewarddance.driver.judges;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.cli.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both commands in processes that are killed, as by {@code kill -9}, and started again. */
@Timeout(400)
final class KilledJobsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("rewarddance.root", "..")).toAbsolutePath();
  private static final int KILLS = 3;

  /** Another moment each time; the number tells how to have it again. */
  private static final long SEED = Long.getLong("rewarddance.kill.seed", System.nanoTime());

  private static final String SETS =
      """
      sets=[
        {name: train, prompts: triton-models/prompts/shapes-train.jsonl, groups: 70, group_size: 4,
         sources: [hasty], annotators: [careful]},
        {name: own, prompts: triton-models/prompts/shapes-train.jsonl, groups: 12, group_size: 3,
         sources: [hasty], annotators: [exact]}]
      """;

  @TempDir Path output;

  @Test
  void endAsIfTheyHadNeverBeenKilled() throws Exception {
    Random random = new Random(SEED);
    for (String name : List.of("whole", "killed")) {
      Path directory = output.resolve(name);
      Files.createDirectories(directory);
      int kills = name.equals("whole") ? 0 : KILLS;
      run(collecting(directory), directory.resolve("c"), kills, random);
      run(training(directory), directory.resolve("j"), kills, random);
    }
    for (String file : List.of("c/train.h5", "c/own.h5", "j/weights.safetensors")) {
      assertThat(output.resolve("killed").resolve(file))
          .as("seed %d", SEED)
          .hasSameBinaryContentAs(output.resolve("whole").resolve(file));
    }
    for (String job : List.of("c", "j")) {
      assertThat(journal(output.resolve("killed").resolve(job)))
          .as("seed %d", SEED)
          .isEqualTo(journal(output.resolve("whole").resolve(job)));
    }
  }

  private static String journal(Path job) throws Exception {
    Matcher digest =
        Pattern.compile("\"journal_digest\" : \"([0-9a-f]{64})\"")
            .matcher(Files.readString(job.resolve("summary.json")));
    assertThat(digest.find()).isTrue();
    return digest.group(1);
  }

  private static List<String> collecting(Path directory) {
    return List.of(
        "preferences",
        ROOT.resolve("experiments/preferences/shapes.yaml").toString(),
        "--plain",
        "--set=threads=1",
        "--set=name=c",
        "--set=output='" + directory + "'",
        "--set=" + SETS);
  }

  private static List<String> training(Path directory) {
    return List.of(
        "train-judge",
        ROOT.resolve("experiments/judges/pairwise-generative.yaml").toString(),
        "--plain",
        "--set=threads=1",
        "--set=judge=j",
        "--set=output='" + directory + "'",
        "--set=base=triton-models/bases/shapes_vlm_xs",
        "--set=preferences='" + directory.resolve("c/train.h5") + "'",
        "--set=validation=[{name: own, file: '" + directory.resolve("c/own.h5") + "'}]",
        "--set=updates=5",
        "--set=steps=6",
        "--set=keep={}",
        "--set=publish={repository: '" + directory.resolve("served") + "'}");
  }

  private void run(List<String> command, Path job, int kills, Random random) throws Exception {
    int done = 0;
    for (int sitting = 0; sitting < 2 * KILLS + 2; sitting++) {
      Process process = start(command);
      if (done < kills && killSomewhere(process, job, random)) {
        done++;
      }
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
      if (process.exitValue() == 0) {
        return;
      }
      assertThat(process.exitValue()).as("%s: %s", command.get(0), log()).isEqualTo(137);
    }
    throw new AssertionError("never ended: " + log());
  }

  /** Some time after something new is on disk. */
  private static boolean killSomewhere(Process process, Path job, Random random) throws Exception {
    long before = size(job);
    while (process.isAlive() && size(job) == before) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS);
    boolean alive = process.isAlive();
    process.destroyForcibly();
    return alive;
  }

  private static long size(Path job) {
    long size = 0;
    for (String part : List.of("", "drawn/train", "backend/judges/j/checkpoints")) {
      String[] files = job.resolve(part).toFile().list();
      size += files == null ? 0 : files.length;
    }
    return size + job.resolve("journal.jsonl").toFile().length();
  }

  private String log() throws Exception {
    return Files.readString(output.resolve("log.txt"));
  }

  private Process start(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // A killed process leaves its unpacked native libraries behind: here they go with the test.
    command.add("-Djava.io.tmpdir=" + output);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    File log = output.resolve("log.txt").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
