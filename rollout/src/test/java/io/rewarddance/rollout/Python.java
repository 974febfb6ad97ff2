package io.rewarddance.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Python with h5py: REWARDDANCE_PYTHON, else the one that {@code scripts/test-clients install}
 * makes, else python3.
 */
public final class Python {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));
  private static final String PYTHON = python();

  private final Path directory;

  /**
   * @param directory for what scripts print
   */
  public Python(Path directory) {
    this.directory = directory;
  }

  /** A file of this repository. */
  public static Path file(String name) {
    return ROOT.resolve(name);
  }

  /** Skips the test, loudly, where there is none. */
  public void requireH5py(String test) throws Exception {
    try {
      run("-c", "import h5py");
    } catch (IOException | AssertionError e) {
      String text =
          "SKIPPED "
              + test
              + ": "
              + PYTHON
              + " has no h5py (run scripts/test-clients install, or set REWARDDANCE_PYTHON)";
      System.err.println(text);
      abort(text);
    }
  }

  /** Standard output of a script that must succeed. */
  public List<String> run(String... arguments) throws Exception {
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(Arrays.asList(arguments));
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

  private static String python() {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault(
            "REWARDDANCE_CACHE", System.getProperty("user.home") + "/.cache/rewarddance");
    Path installed = Path.of(cache, "clients", "venv", "bin", "python");
    String found = Files.isExecutable(installed) ? installed.toString() : "python3";
    return environment.getOrDefault("REWARDDANCE_PYTHON", found);
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
