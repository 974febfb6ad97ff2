package io.rewarddance.driver.failure;

import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A value, or the reason why there is none. */
public sealed interface Outcome<T> {
  record Success<T>(T result) implements Outcome<T> {
    public Success {
      Objects.requireNonNull(result, "result");
    }
  }

  record Failed<T>(Failure cause) implements Outcome<T> {
    public Failed {
      Objects.requireNonNull(cause, "cause");
    }
  }

  static <T> Outcome<T> of(T value) {
    return new Success<>(value);
  }

  static <T> Outcome<T> failed(Failure failure) {
    return new Failed<>(failure);
  }

  static <T> Outcome<T> failed(FailureKind kind, String message) {
    return new Failed<>(new Failure(kind, message));
  }

  /**
   * The values of outcomes that must all be there.
   *
   * @throws StepFailedException of the first that failed
   */
  static <T> List<T> all(List<Outcome<T>> outcomes) {
    List<T> values = new ArrayList<>(outcomes.size());
    for (Outcome<T> outcome : outcomes) {
      if (outcome instanceof Failed<T> failed) {
        throw new StepFailedException(failed.cause());
      }
      outcome.value().ifPresent(values::add);
    }
    return values;
  }

  default Optional<T> value() {
    return this instanceof Success<T> success ? Optional.of(success.result()) : Optional.empty();
  }

  default Optional<Failure> failure() {
    return this instanceof Failed<T> failed ? Optional.of(failed.cause()) : Optional.empty();
  }

  default boolean isFailed() {
    return this instanceof Failed<T>;
  }

  /** The same, a failure as that judge's. */
  default Outcome<T> by(String judge) {
    return this instanceof Failed<T> failed ? failed(failed.cause().by(judge)) : this;
  }

  default <R> Outcome<R> map(Function<T, R> function) {
    return this instanceof Success<T> success
        ? of(function.apply(success.result()))
        : failed(((Failed<T>) this).cause());
  }
}
