package io.rewarddance.embedded.server;

import io.rewarddance.proto.triton.ModelInferRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that never rest while versions change, and what they saw go wrong. */
final class SwapLoad {
  private final TestServer server;
  private final ModelInferRequest call;
  private final List<Thread> callers = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile int leastVersion = 1;
  private volatile boolean stopped;

  SwapLoad(TestServer server, ModelInferRequest call) {
    this.server = server;
    this.call = call;
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      Thread caller = new Thread(this::callOn);
      caller.start();
      callers.add(caller);
    }
  }

  private void callOn() {
    while (!stopped) {
      int least = leastVersion; // read before the call starts
      try {
        int version = Integer.parseInt(server.stub().modelInfer(call).getModelVersion());
        answers.incrementAndGet();
        if (version < least) {
          failures.add("version " + version + " answered after " + least + " was loaded");
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  /** From now on no call may be answered by an older version. */
  void atLeast(int version) {
    leastVersion = version;
  }

  /**
   * Returns once so many calls were answered in all: a slow machine takes longer, the load stays
   * the same.
   */
  void awaitAnswers(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answers.get() < count && failures.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread caller : callers) {
      caller.join();
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int answers() {
    return answers.get();
  }
}
