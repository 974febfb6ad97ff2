package io.rewarddance.embedded.server;

import io.grpc.Server;
import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.server.grpc.HealthService;
import io.rewarddance.embedded.server.grpc.InferenceService;
import io.rewarddance.embedded.server.grpc.Transport;
import io.rewarddance.embedded.server.lifecycle.ModelControl;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.embedded.server.repository.LoadOverrides;
import io.rewarddance.embedded.server.repository.ModelRepository;
import io.rewarddance.embedded.server.settings.LogSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A running server: Triton's protocol over a model repository, explicit model control. */
public final class InferenceServer implements AutoCloseable {
  private static final long DRAIN_SECONDS = 10;

  /** Threads that read and check requests; models run on their own. */
  private static final int CALL_THREADS = 4;

  private final ModelRepository repository;
  private final VersionTable table = new VersionTable();
  private final ModelControl control;
  private final ExecutionPool pool;
  private final ExecutorService calls = daemons(CALL_THREADS, "inference-call");
  private final ExecutorService operations = Executors.newCachedThreadPool(daemon("model-control"));
  private final ExecutorService retiring = daemons(1, "model-retire");
  private final InferenceService service;
  private Server transport;

  private InferenceServer(ModelRepository repository, ModelFactories factories, int threads) {
    LogSettings logging = new LogSettings();
    this.repository = repository;
    this.pool = new ExecutionPool(threads);
    this.control =
        new ModelControl(repository, table, factories, pool, retiring, logging::reportsOperations);
    this.service =
        new InferenceService(
            repository, table, control, SharedRegions.ofSystem(), logging, operations);
  }

  /**
   * Starts and returns once it answers.
   *
   * @throws IOException when the repository or one of its models can't be read, or the port can't
   *     be bound
   */
  public static InferenceServer start(ServerSettings settings, ModelFactories factories)
      throws IOException {
    InferenceServer server =
        new InferenceServer(
            new ModelRepository(settings.repository()), factories, settings.threads());
    try {
      if (settings.loadsAll()) {
        server.loadAll();
      }
      server.listen(settings);
      return server;
    } catch (RequestException e) {
      server.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void loadAll() throws IOException {
    for (String name : repository.names()) {
      control.load(name, LoadOverrides.NONE);
    }
  }

  private void listen(ServerSettings settings) throws IOException {
    transport =
        Transport.start(settings.host(), settings.port(), calls, service, new HealthService(table));
  }

  /** The port it listens on. */
  public int port() {
    return transport.getPort();
  }

  /** Takes no more calls, lets those in flight finish for a while, and frees all models. */
  @Override
  public void close() {
    if (transport != null) {
      transport.shutdown();
      if (!waited(() -> transport.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS))) {
        transport.shutdownNow();
      }
    }
    operations.shutdown();
    waited(() -> operations.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS));
    table.names().forEach(control::unload);
    waited(this::modelsAreFreed);
    retiring.shutdown();
    calls.shutdown();
    pool.close();
    deleteOverrides();
  }

  private boolean modelsAreFreed() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    while (!table.isQuiet() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return table.isQuiet();
  }

  private void deleteOverrides() {
    try {
      repository.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Waiting {
    boolean await() throws InterruptedException;
  }

  private static boolean waited(Waiting waiting) {
    try {
      return waiting.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ExecutorService daemons(int threads, String name) {
    return Executors.newFixedThreadPool(threads, daemon(name));
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
