package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.FailurePolicies;
import io.rewarddance.driver.config.FailurePolicies.Action;
import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.rollout.Failure;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does steps under the run's failure policies; the one place that retries, pauses or gives up. */
final class Steps {
  private final FailurePolicies policies;
  private final Control control;
  private final Books books;
  private final RunListener listener;
  private final StageClock clock;
  private final Backoff backoff;

  Steps(
      FailurePolicies policies,
      Control control,
      Books books,
      RunListener listener,
      StageClock clock) {
    this.policies = policies;
    this.control = control;
    this.books = books;
    this.listener = listener;
    this.clock = clock;
    // Waits change when something is done and never what, so they need no jitter and no seed.
    this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), () -> 1.0);
  }

  FailurePolicies policies() {
    return policies;
  }

  /**
   * Does a step, again where its policy says so.
   *
   * @throws StepFailedException when the run can't go on
   * @throws RunStoppedException when the run was stopped while it waited
   */
  <T> T run(String name, Action action, Supplier<T> step) {
    return run(name, failure -> action, step);
  }

  /**
   * Does a step that needs the answer to every question that it asks a model; where a rollout would
   * be set aside or a judge left out, it is done again.
   */
  <T> T wholly(String name, Supplier<T> step) {
    return run(
        name,
        failure -> {
          Action action = ofModel(failure);
          boolean doesWithout = action == Action.SET_ASIDE || action == Action.LEAVE_OUT;
          return doesWithout ? Action.RETRY : action;
        },
        step);
  }

  /** The policy for a model that didn't answer as it should. */
  Action ofModel(Failure failure) {
    return failure.kind().name().startsWith("GENERATOR_")
        ? policies.onGeneratorFailure()
        : failure.judge().map(policies::onFailureOf).orElse(policies.onJudgeFailure());
  }

  private <T> T run(String name, Function<Failure, Action> policy, Supplier<T> step) {
    for (int failures = 0; ; failures++) {
      try {
        return step.get();
      } catch (StepFailedException e) {
        if (!e.isRepeatable()) {
          throw e;
        }
        afterFailure(name, policy.apply(e.failure()), e.failure(), failures);
      }
    }
  }

  /**
   * Returns when the step is to be done again.
   *
   * @param failures how often it has failed before
   * @throws StepFailedException when it isn't
   */
  void afterFailure(String name, Action action, Failure failure, int failures) {
    boolean givesUp = action == Action.STOP || action == Action.SET_ASIDE;
    if (givesUp || action == Action.RETRY && failures >= policies.retries()) {
      throw new StepFailedException(failure);
    }
    books.note(action == Action.PAUSE ? "pausing" : "retrying", name + ": " + failure);
    if (action == Action.PAUSE) {
      control.pause(name + ": " + failure);
      gate();
    } else {
      control.sleep(backoff.wait(failures));
    }
  }

  /** Puts into the books what happened on the way. */
  void note(String what, String reason) {
    books.note(what, reason);
  }

  /** Waits while the run is paused. */
  void gate() {
    control.gate(
        new Control.Waiting() {
          @Override
          public void paused(String reason) {
            books.note("paused", reason);
            listener.paused(reason);
          }

          @Override
          public void resumed() {
            books.note("resumed", "");
            listener.resumed();
          }

          @Override
          public void during(Runnable wait) {
            clock.during(
                StageNames.PAUSED,
                () -> {
                  wait.run();
                  return null;
                });
          }
        });
  }
}
