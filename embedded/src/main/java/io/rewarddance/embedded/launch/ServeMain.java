package io.rewarddance.embedded.launch;

import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Serves a model repository until the process is ended: {@code --repository DIR --port N [--threads
 * N]}. Prints {@code ready HOST:PORT} once it answers.
 */
public final class ServeMain {
  private static final int USAGE = 2;

  private ServeMain() {}

  public static void main(String[] arguments) throws InterruptedException, IOException {
    LocalStackSettings settings;
    try {
      settings = settings(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    LocalServices services = localStack().start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(services::close, "close"));
    System.out.println("ready " + services.inferenceEndpoint().orElseThrow());
    new CountDownLatch(1).await();
  }

  private static LocalStack localStack() {
    return ServiceLoader.load(LocalStack.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no LocalStack on the class path"));
  }

  /**
   * @throws IllegalArgumentException naming the option that is wrong
   */
  static LocalStackSettings settings(String... arguments) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + ": no value");
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    String repository = options.remove("--repository");
    int port = number("--port", options.remove("--port"), 8001, 0);
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = number("--threads", options.remove("--threads"), cores, 1);
    if (repository == null || !options.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(" ", arguments) + " (expected: --repository DIR [--port N] [--threads N])");
    }
    return new LocalStackSettings(
        Optional.of(new LocalStackSettings.Inference(Path.of(repository), port)),
        Optional.empty(),
        threads);
  }

  private static int number(String option, String text, int otherwise, int least) {
    try {
      int value = text == null ? otherwise : Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message that both cases share
    }
    throw new IllegalArgumentException(
        option + ": " + text + " (expected: a whole number >= " + least + ")");
  }
}
