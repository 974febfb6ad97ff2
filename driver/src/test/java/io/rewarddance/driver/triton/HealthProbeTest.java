package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.rewarddance.driver.testing.Await;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HealthProbeTest {
  private final ScriptedTriton server = ScriptedTriton.start();
  private final Countable data = new Countable(server.endpoint());
  private final Countable control = new Countable(server.endpoint());
  private final Endpoint endpoint = new Endpoint(server.endpoint(), data, control);
  private final Impatient timer = new Impatient();
  private final HealthProbe probe = new HealthProbe(timer);

  @AfterEach
  void close() {
    timer.shutdownNow();
    endpoint.close();
    server.close();
  }

  @Test
  void anEndpointIsOutUntilItSaysThatItIsReady() throws InterruptedException {
    server.setLive(false);
    probe.takeOut(endpoint);
    for (int i = 0; i < 3; i++) {
      assertThat(server.probes.poll(20, TimeUnit.SECONDS)).isFalse();
      assertThat(endpoint.isHealthy()).isFalse();
    }

    server.setLive(true);
    awaitHealthy();
    int probes = timer.delays.size();
    assertThat(timer.delays).as("milliseconds before each probe").containsOnly(500L);
    probe.takeOut(endpoint);
    assertThat(timer.delays).hasSize(probes + 1);
  }

  @Test
  void anEndpointIsProbedOnceHoweverManyCallsItFailed() {
    server.setLive(false);
    server.kill();
    timer.hold = true;
    for (int i = 0; i < 10; i++) {
      probe.takeOut(endpoint);
    }
    assertThat(timer.delays).hasSize(1);
  }

  /** gRPC itself waits longer and longer before it connects again, up to two minutes. */
  @Test
  void everyProbeConnectsAtOnce() throws InterruptedException {
    server.kill();
    probe.takeOut(endpoint);
    for (int i = 0; i < 5; i++) {
      timer.delays.poll(20, TimeUnit.SECONDS);
    }
    assertThat(control.resets.get()).isGreaterThanOrEqualTo(4);
    assertThat(data.resets.get()).isGreaterThanOrEqualTo(4);

    server.restart();
    awaitHealthy();
  }

  @Test
  void aClosedTimerIsNoError() {
    timer.shutdownNow();
    probe.takeOut(endpoint);
    assertThat(endpoint.isHealthy()).isFalse();
  }

  private void awaitHealthy() {
    Await.until("the endpoint is back", endpoint::isHealthy);
  }

  /** A timer that notes how long it should wait, and doesn't. */
  private static final class Impatient extends ScheduledThreadPoolExecutor {
    private final BlockingQueue<Long> delays = new LinkedBlockingQueue<>();
    private volatile boolean hold;

    private Impatient() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      ScheduledFuture<?> scheduled = super.schedule(command, hold ? delay : 1, unit);
      delays.add(unit.toMillis(delay));
      return scheduled;
    }
  }

  /** A channel that counts how often it was told to connect at once. */
  private static final class Countable extends ManagedChannel {
    private final ManagedChannel channel;
    private final AtomicInteger resets = new AtomicInteger();

    private Countable(String endpoint) {
      channel = Channels.open(endpoint, TritonConfigs.ofRetries(0));
    }

    @Override
    public void resetConnectBackoff() {
      resets.incrementAndGet();
      channel.resetConnectBackoff();
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      return channel.newCall(method, options);
    }

    @Override
    public String authority() {
      return channel.authority();
    }

    @Override
    public ManagedChannel shutdown() {
      return channel.shutdown();
    }

    @Override
    public ManagedChannel shutdownNow() {
      return channel.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return channel.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return channel.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return channel.awaitTermination(timeout, unit);
    }
  }
}
