package io.rewarddance.driver.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import io.rewarddance.driver.publish.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** NVIDIA's server on a copy of the models, started through {@code scripts/real-triton}. */
public final class RealTriton implements AutoCloseable {
  private static final String GENERATOR = "shapes_generator";
  private static final String SHARED = "/dev/shm/triton_python_backend_shm_region_";
  private static final int PORTS = 3;

  /** For all models, each a process of its own; more where a machine has other things to do. */
  private static final long START_S = Long.getLong("rewarddance.real.start_s", 120);

  private static final Duration LIMIT = Duration.ofSeconds(START_S);
  private static final long STOP_S = 20;

  private final Path root;
  private final Path served;
  private final Path log;
  private final List<Integer> ports = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  /**
   * Makes the copy; nothing runs yet.
   *
   * @param root of the project
   * @param served directory of the copy: {@code repository} and, beside it, {@code python}
   */
  public RealTriton(Path root, Path served) throws IOException {
    this(root.toAbsolutePath().normalize(), served, served.resolve("log.txt"));
    Files.createDirectories(served);
    for (String part : List.of("repository", "python")) {
      Trees.copy(root.resolve("triton-models").resolve(part), served.resolve(part));
    }
  }

  private RealTriton(Path root, Path served, Path log) throws IOException {
    this.root = root;
    this.served = served;
    this.log = log;
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < PORTS; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports.add(sockets.get(i).getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
  }

  /** Another server on the same copy; it doesn't run yet. */
  public RealTriton another() throws IOException {
    return new RealTriton(root, served, served.resolve("another-log.txt"));
  }

  /** Skips the test, and says so, where the server isn't installed; nothing is downloaded here. */
  public static void assumeInstalled(Path root) throws Exception {
    Process check =
        new ProcessBuilder(root.resolve("scripts/real-triton").toString(), "installed")
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (check.waitFor() != 0) {
      System.err.print(said);
      abort(said);
    }
  }

  public Path repository() {
    return served.resolve("repository");
  }

  public Path version(long version) {
    return repository().resolve(GENERATOR).resolve(Long.toString(version));
  }

  /** gRPC, as {@code host:port}. */
  public String endpoint() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** HTTP, likewise. */
  public String httpEndpoint() {
    return "127.0.0.1:" + ports.get(1);
  }

  /**
   * Starts the server on what the copy holds now, and returns before it answers.
   *
   * @param options of {@code tritonserver}
   */
  public void launch(String... options) {
    launch(Map.of(), options);
  }

  /**
   * Likewise.
   *
   * @param environment what the server and its models find in theirs besides
   */
  public void launch(Map<String, String> environment, String... options) {
    if (isRunning()) {
      throw new IllegalStateException("the server runs already");
    }
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            root.resolve("scripts/real-triton").toString(),
            "run",
            "--repository",
            repository().toString(),
            "--grpc-port",
            ports.get(0).toString(),
            "--http-port",
            ports.get(1).toString(),
            "--metrics-port",
            ports.get(2).toString(),
            "--"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
  }

  /** Starts the server unless it runs, and returns once it answers. */
  public void relaunch() {
    if (!isRunning()) {
      launch();
    }
    await();
  }

  /** Returns once the server answers. */
  public void await() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_S);
    while (!says(HttpRequest.newBuilder(uri("v2/health/ready")).build())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the server doesn't become ready: " + said());
      }
      pause();
    }
  }

  private boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** As {@code kill -9}, with what that leaves behind; returns once the process is gone. */
  public void kill() {
    List<ProcessHandle> orphans = process.descendants().toList();
    List<Path> left = sharedMemory();
    process.destroyForcibly();
    waitFor(STOP_S);
    orphans.forEach(ProcessHandle::destroyForcibly);
    left.forEach(file -> file.toFile().delete());
  }

  /**
   * What the Python backend shares with its processes; only a server that ends in order frees it.
   */
  private List<Path> sharedMemory() {
    Path maps = Path.of("/proc", Long.toString(process.pid()), "maps");
    try (Stream<String> lines = Files.lines(maps)) {
      return lines
          .filter(line -> line.contains(SHARED))
          .map(line -> Path.of(line.substring(line.indexOf(SHARED))))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a version of the generator is in service. */
  public boolean serves(long version) {
    URI ready = uri("v2/models/" + GENERATOR + "/versions/" + version + "/ready");
    return says(HttpRequest.newBuilder(ready).build());
  }

  /** Puts the first policy back, as the copy had it, whatever was published since. */
  public void reset() throws IOException {
    Path model = repository().resolve(GENERATOR);
    Trees.delete(model);
    Trees.copy(root.resolve("triton-models/repository").resolve(GENERATOR), model);
    if (!isRunning()) {
      relaunch();
      return;
    }
    URI load = uri("v2/repository/models/" + GENERATOR + "/load");
    if (!says(HttpRequest.newBuilder(load).POST(HttpRequest.BodyPublishers.noBody()).build())) {
      throw new IllegalStateException("the first policy can't be loaded: " + said());
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + ports.get(1) + "/" + path);
  }

  private boolean says(HttpRequest request) {
    HttpRequest limited = HttpRequest.newBuilder(request, (n, v) -> true).timeout(LIMIT).build();
    try {
      return http.send(limited, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void waitFor(long seconds) {
    try {
      process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    if (isRunning()) {
      kill();
    }
  }
}
