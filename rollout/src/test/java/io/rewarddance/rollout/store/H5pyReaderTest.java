package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Someone else's reader finds what we wrote: h5py, with the lines that the documentation shows.
 * Runs where REWARDDANCE_PYTHON, else the Python that {@code scripts/test-clients install} makes,
 * else python3, has h5py.
 */
class H5pyReaderTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));
  private static final String PYTHON = python();

  @TempDir Path directory;

  @BeforeEach
  void needsH5py() throws Exception {
    try {
      run(PYTHON, "-c", "import h5py");
    } catch (IOException | AssertionError e) {
      String text =
          "SKIPPED H5pyReaderTest: "
              + PYTHON
              + " has no h5py (run scripts/test-clients install, or set REWARDDANCE_PYTHON)";
      System.err.println(text);
      abort(text);
    }
  }

  @Test
  void theDocumentedLinesReadAWindowedBatch() throws Exception {
    TrainingBatch batch = Examples.batch(Examples.SMALL, 7);
    Map<String, String> seen = read(batch);
    assertThat(seen)
        .containsEntry("lines", "5")
        .containsEntry("format", "rewarddance-rollouts")
        .containsEntry("format_version", "1")
        .containsEntry("run", "test-run")
        .containsEntry("iteration", String.valueOf(batch.iteration()))
        .containsEntry("algorithm", "grpo")
        .containsEntry("policy_version", "3")
        .containsEntry("policy_digest", batch.policy().digest())
        .containsEntry("sampler", "flow-sde")
        .containsEntry("seed", String.valueOf(batch.seed()))
        .containsEntry("update_settings", batch.updateSettingsJson())
        .containsEntry("images.shape", "6 4 5 3")
        .containsEntry("latents.shape", "6 3 2 3 2")
        .containsEntry("digests", "17");
    assertSameData(seen, batch);
  }

  @Test
  void theDocumentedLinesReadCleanLatents() throws Exception {
    TrainingBatch batch = Examples.batch(Examples.CLEAN, 8);
    Map<String, String> seen = read(batch);
    assertThat(seen)
        .containsEntry("latents.shape", "2 1 3 2 2")
        .containsEntry("digests", "16")
        .containsEntry("sde_steps", "0");
    assertSameData(seen, batch);
  }

  private static void assertSameData(Map<String, String> seen, TrainingBatch batch) {
    RolloutTable table = Columns.of(batch);
    assertThat(doubles(seen.get("rewards"))).isEqualTo(table.reward());
    assertThat(doubles(seen.get("advantages"))).isEqualTo(table.advantage());
    assertThat(seen.get("prompts")).isEqualTo(String.join("|", table.prompt()));
    DatasetDigest images = new DatasetDigest();
    Arrays.stream(Columns.images(batch)).forEach(images::add);
    assertThat(seen.get("images.sha256")).isEqualTo(images.hex());
    DatasetDigest latents = new DatasetDigest();
    Arrays.stream(Columns.latents(batch)).forEach(latents::add);
    assertThat(seen.get("latents.sha256")).isEqualTo(latents.hex());
  }

  private Map<String, String> read(TrainingBatch batch) throws Exception {
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    List<String> lines =
        run(
            PYTHON,
            ROOT.resolve("rollout/src/test/python/read_rollouts.py").toString(),
            ROOT.resolve("docs/rollout-file.md").toString(),
            stored.path().toString());
    return lines.stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
  }

  private static double[] doubles(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static String python() {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault(
            "REWARDDANCE_CACHE", System.getProperty("user.home") + "/.cache/rewarddance");
    Path installed = Path.of(cache, "clients", "venv", "bin", "python");
    String found = Files.isExecutable(installed) ? installed.toString() : "python3";
    return environment.getOrDefault("REWARDDANCE_PYTHON", found);
  }

  /** Standard output of a command that must succeed. */
  private List<String> run(String... command) throws Exception {
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0)
        .as(() -> String.join(" ", command) + ": " + text(errors))
        .isTrue();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
