package io.rewarddance.rollout.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Python process that holds a rollout file's arrays and writes them when told to. */
final class H5py implements AutoCloseable {
  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader answers;

  /**
   * @param command Python and the script
   * @param source rollout file with the arrays
   * @param directory where to write
   */
  H5py(List<String> command, Path source, Path directory) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(source.toString(), directory.toString()));
    process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Writes the file once.
   *
   * @param way {@code plain}, {@code verified} or {@code sealed}
   * @return seconds, and processor seconds
   */
  Cost write(String way) throws IOException {
    orders.println(way);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("h5py: ended early (expected: the seconds of '" + way + "')");
    }
    String[] numbers = answer.split(" ");
    return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }

  @Override
  public void close() throws IOException {
    orders.close();
    answers.close();
    process.destroy();
  }
}
