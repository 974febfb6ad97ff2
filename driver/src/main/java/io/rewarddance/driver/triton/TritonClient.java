package io.rewarddance.driver.triton;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/**
 * Inference on any of several equal servers, and control of each of them.
 *
 * <p>Safe for many threads. A call is one future: it completes with the answer, or with a {@link
 * TritonException} once retries are used up; cancelling it cancels the call on the server.
 */
public final class TritonClient implements AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final TritonConfig config;
  private final EndpointPool pool;
  private final InFlightBudget budget;
  private final Backoff backoff;
  private final ScheduledExecutorService timer;
  private final HealthProbe probe;
  private final Set<CompletableFuture<InferAnswer>> active = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private TritonClient(TritonConfig config, EndpointPool pool, DoubleSupplier random) {
    this.config = config;
    this.pool = pool;
    this.budget =
        new InFlightBudget(
            config.requestsInFlight() * pool.all().size(), config.maxInFlightBytes());
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
    this.timer = Executors.newSingleThreadScheduledExecutor(TritonClient::timerThread);
    this.probe = new HealthProbe(timer);
  }

  /**
   * Opens channels; nothing is sent yet.
   *
   * @param endpoints {@code host:port} each; taken instead of the configuration's, whose list is
   *     empty where the server is embedded
   * @param random uniform in [0, 1), for the jitter of retries
   */
  public static TritonClient connect(
      List<String> endpoints, TritonConfig config, DoubleSupplier random) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("endpoints: [] (expected: at least one host:port)");
    }
    return new TritonClient(config, new EndpointPool(open(endpoints, config)), random);
  }

  private static List<Endpoint> open(List<String> endpoints, TritonConfig config) {
    List<Endpoint> opened = new ArrayList<>();
    try {
      for (String name : endpoints) {
        opened.add(new Endpoint(name, Channels.open(name, config), Channels.open(name, config)));
      }
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(Endpoint::close);
      throw e;
    }
  }

  /**
   * Asks whichever endpoint is best placed, with retries. What follows the answer ({@code
   * thenApply} and the like) may run on the thread that reads the network, so it must not block;
   * the {@code Async} variants may.
   */
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    return start(call, pool);
  }

  /** Asks one endpoint, with retries there and nowhere else. */
  public CompletableFuture<InferAnswer> inferAt(String endpoint, InferCall call) {
    return start(call, new EndpointPool(List.of(find(endpoint))));
  }

  /** Control of each endpoint, in the order of the configuration. */
  public List<ModelControl> controls() {
    return pool.all().stream().map(e -> new ModelControl(e, config.deadline())).toList();
  }

  private CompletableFuture<InferAnswer> start(InferCall call, EndpointPool candidates) {
    ModelInferRequest request = Messages.request(call);
    long bytes = call.answerBytes();
    for (Tensor input : call.inputs()) {
      bytes += input.byteSize();
    }
    CompletableFuture<InferAnswer> answer =
        new InferTask(
                call.model(),
                candidates,
                probe,
                backoff,
                config.retries(),
                timer,
                endpoint -> send(endpoint, call, request))
            .start(budget, bytes);
    active.add(answer);
    answer.whenComplete((result, failure) -> active.remove(answer));
    if (closed) {
      endActive();
    }
    return answer;
  }

  private CompletableFuture<InferAnswer> send(
      Endpoint endpoint, InferCall call, ModelInferRequest request) {
    return Exchange.start(
        endpoint.inference(config.deadline(), call.answerBytes()),
        request,
        endpoint.name(),
        response -> Messages.answer(endpoint.name(), call, response));
  }

  private Endpoint find(String name) {
    return pool.all().stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "endpoint: "
                        + name
                        + " (expected: one of "
                        + pool.all().stream().map(Endpoint::name).toList()
                        + ")"));
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "triton-timer");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends what is under way with an error. */
  @Override
  public void close() {
    closed = true;
    endActive();
    timer.shutdownNow();
    pool.close();
  }

  private void endActive() {
    TritonException reason =
        new TritonException(ErrorKind.CANCELLED, "all endpoints", "the client was closed");
    active.forEach(answer -> answer.completeExceptionally(reason));
  }
}
