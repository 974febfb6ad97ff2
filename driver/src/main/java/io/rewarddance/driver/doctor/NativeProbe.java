package io.rewarddance.driver.doctor;

import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the embedded server and trainer on the real models, in a process of its own: a native
 * library that doesn't suit the machine may end its process without a word.
 */
public final class NativeProbe {
  private static final int SECONDS = 180;

  private NativeProbe() {}

  /** Runs {@code command} and judges by how it ends. */
  static Finding look(List<String> command) {
    long began = System.nanoTime();
    try {
      Path output = Files.createTempFile("rewarddance-probe", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(output).strip();
      Files.delete(output);
      return judge(ended, ended ? process.exitValue() : -1, said, System.nanoTime() - began);
    } catch (IOException e) {
      return Finding.problem(
          "native libraries", "probe can't start: " + e, "run it by hand: " + command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.problem("native libraries", "interrupted", "try again");
    }
  }

  private static Finding judge(boolean ended, int exit, String said, long nanos) {
    if (ended && exit == 0) {
      String time = String.format(Locale.ROOT, " (%.1f s)", nanos / 1e9);
      return Finding.ok(
          "native libraries", "ONNX Runtime and libtorch load and open the models" + time);
    }
    String how = ended ? "exit code " + exit : "no answer in " + SECONDS + " s";
    String last = said.lines().reduce((first, second) -> second).orElse("no output");
    return Finding.problem(
        "native libraries",
        how + ": " + last,
        "needs Linux x86-64 or arm64 (glibc 2.28 or later) or macOS arm64, and a jar built on that platform");
  }

  /**
   * What the probing process does: starts everything once and ends it.
   *
   * @param repository model repository
   * @param initialModel version directory that the trainer starts from
   */
  public static void probe(Path repository, Path initialModel) throws IOException {
    LocalStack stack =
        ServiceLoader.load(LocalStack.class)
            .findFirst()
            .orElseThrow(() -> new IOException("the embedded module is not in this jar"));
    Path state = Files.createTempDirectory("rewarddance-probe");
    LocalStackSettings settings =
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(repository, 0)),
            Optional.of(new LocalStackSettings.Training(state, initialModel, 0)),
            1);
    try (LocalServices services = stack.start(settings)) {
      System.out.println(services.inferenceEndpoint().orElseThrow());
    } finally {
      delete(state);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
