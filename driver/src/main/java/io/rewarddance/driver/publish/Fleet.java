package io.rewarddance.driver.publish;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** All endpoints of the generator, addressed one by one: a balancer would hide a straggler. */
public final class Fleet {
  private static final long POLL_MS = 500;

  private final TritonClient client;
  private final String model;
  private final Duration loadDeadline;
  private final Canary canary;

  public Fleet(TritonClient client, String model, Duration loadDeadline, Canary canary) {
    this.client = client;
    this.model = model;
    this.loadDeadline = loadDeadline;
    this.canary = canary;
  }

  /**
   * Loads what the repository holds on every endpoint at once, and waits until each serves the
   * version.
   *
   * @throws StepFailedException of kind PUBLISH_ERROR naming every endpoint that doesn't
   */
  void load(long version) {
    List<String> refusals = refusals(version);
    if (!refusals.isEmpty()) {
      throw new StepFailedException(
          FailureKind.PUBLISH_ERROR,
          "load of '" + model + "' version " + version + ": " + String.join("; ", refusals));
    }
  }

  /** Loads as {@link #load} does. What each endpoint that doesn't serve the version says. */
  List<String> refusals(long version) {
    List<String> refusals = new ArrayList<>();
    List<CompletableFuture<Boolean>> loads =
        client.controls().stream().map(control -> load(control, version)).toList();
    for (int i = 0; i < loads.size(); i++) {
      String endpoint = client.controls().get(i).endpoint();
      try {
        if (!loads.get(i).join()) {
          refusals.add(endpoint + ": version " + version + " isn't ready after the load");
        }
      } catch (CompletionException e) {
        refusals.add(e.getCause().getMessage());
      }
    }
    return refusals;
  }

  private CompletableFuture<Boolean> load(ModelControl control, long version) {
    return control
        .load(model, loadDeadline)
        .thenCompose(loaded -> control.modelReady(model, version));
  }

  /**
   * Whether the latents changed exactly if the weights did.
   *
   * @param song of {@code next}
   * @throws StepFailedException of kind CANARY_MISMATCH when they didn't
   */
  static void prove(PolicyRef next, Song song, Song before) {
    boolean sameWeights = next.digest().equals(before.policy().digest());
    if (sameWeights != song.latents().equals(before.latents())) {
      throw mismatch(
          "latents",
          song.latents() + " with weights " + next,
          (sameWeights ? "as" : "other than") + " with weights " + before.policy());
    }
  }

  /**
   * Asks every endpoint's pinned canary.
   *
   * @throws StepFailedException of kind CANARY_MISMATCH when one isn't the policy or differs from
   *     the others
   */
  Song sing(PolicyRef policy) {
    Song first = null;
    for (ModelControl control : client.controls()) {
      String endpoint = control.endpoint();
      Song song =
          canary.sing(call -> client.inferAt(endpoint, call), OptionalLong.of(policy.version()));
      if (!song.policy().equals(policy)) {
        throw mismatch("policy at " + endpoint, song.policy(), policy);
      }
      if (first != null && !first.latents().equals(song.latents())) {
        throw mismatch("latents at " + endpoint, song.latents(), first.latents());
      }
      first = song;
    }
    return first;
  }

  /** Which policy is live now, by the canary of every endpoint. */
  public Song live() {
    Song first = null;
    for (ModelControl control : client.controls()) {
      String endpoint = control.endpoint();
      Song song = canary.sing(call -> client.inferAt(endpoint, call), OptionalLong.empty());
      if (first != null && !first.equals(song)) {
        throw mismatch("canary at " + endpoint, song, first);
      }
      first = song;
    }
    return first;
  }

  /** Waits until somebody else has put the policy into service. */
  Song awaitPolicy(PolicyRef policy) {
    long end = System.nanoTime() + loadDeadline.toNanos();
    while (true) {
      try {
        return sing(policy);
      } catch (StepFailedException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + policy, e);
      }
    }
  }

  private static StepFailedException mismatch(String name, Object got, Object expected) {
    return new StepFailedException(
        FailureKind.CANARY_MISMATCH,
        "canary: " + name + ": " + got + " (expected: " + expected + ")");
  }
}
