package io.rewarddance.embedded.server.schedule;

import com.google.protobuf.TextFormat;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Calls and configurations for the tests of this package. */
final class Calls {
  private final List<Outcome> outcomes = new ArrayList<>();

  static ModelConfig config(String text) {
    try {
      ModelConfig.Builder config = ModelConfig.newBuilder().setName("m");
      TextFormat.merge(text, config);
      return config.build();
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  PendingCall call(int rows, String signature, long enqueuedNanos) {
    return call(rows, signature, enqueuedNanos, 0, 0, () -> false);
  }

  PendingCall call(
      int rows,
      String signature,
      long enqueuedNanos,
      long priority,
      long timeoutNanos,
      BooleanSupplier cancelled) {
    InferCall call = new InferCall("", Map.of(), Set.of("Y"), cancelled);
    return new PendingCall(
        call, rows, signature, priority, timeoutNanos, enqueuedNanos, outcomes::add);
  }

  List<Outcome> outcomes() {
    return outcomes;
  }
}
