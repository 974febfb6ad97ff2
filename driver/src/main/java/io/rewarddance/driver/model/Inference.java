package io.rewarddance.driver.model;

import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import java.util.concurrent.CompletableFuture;

/** Sends a call: to whichever endpoint is best placed, or to a certain one. */
@FunctionalInterface
public interface Inference {
  CompletableFuture<InferAnswer> infer(InferCall call);
}
