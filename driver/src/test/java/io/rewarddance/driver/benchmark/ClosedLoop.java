package io.rewarddance.driver.benchmark;

import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests to a model that answers with its input; each answer sends the next. */
final class ClosedLoop {
  private final TritonClient client;
  private final byte[] data;
  private final long[] latencies;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  ClosedLoop(TritonClient client, int bytes, int requests) {
    this.client = client;
    this.data = new byte[bytes];
    this.latencies = new long[requests];
    new Random(7).nextBytes(data);
  }

  /** Nanoseconds from each call to its answer, with so many under way. */
  long[] run(int depth) {
    for (int i = 0; i < depth; i++) {
      send();
    }
    done.join();
    return latencies;
  }

  private void send() {
    int number = sent.getAndIncrement();
    if (number >= latencies.length) {
      return;
    }
    long start = System.nanoTime();
    client
        .infer(call(number))
        .whenComplete((answer, failure) -> answered(number, start, answer, failure));
  }

  private InferCall call(int number) {
    Tensor input = Tensor.of("in", DataType.UINT8, new long[] {data.length}, ByteBuffer.wrap(data));
    return new InferCall(
        "identity",
        InferCall.NEWEST,
        Integer.toString(number),
        List.of(input),
        List.of("out"),
        data.length);
  }

  private void answered(int number, long start, InferAnswer answer, Throwable failure) {
    latencies[number] = System.nanoTime() - start;
    try {
      if (failure != null) {
        throw failure;
      }
      check(answer.output("out").data());
    } catch (Throwable e) {
      done.completeExceptionally(e);
      return;
    }
    send();
    if (answered.incrementAndGet() == latencies.length) {
      done.complete(null);
    }
  }

  private void check(ByteBuffer out) {
    int last = data.length - 1;
    if (out.remaining() != data.length || out.get(0) != data[0] || out.get(last) != data[last]) {
      throw new IllegalStateException("out: " + out + " (expected: what was sent)");
    }
  }
}
