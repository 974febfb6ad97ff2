package io.rewarddance.driver.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.TensorException;
import io.rewarddance.rollout.FailureKind;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ModelFailuresTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
      DEADLINE,      TIMEOUT
      QUEUE_TIMEOUT, TIMEOUT
      NOT_READY,     UNAVAILABLE
      QUEUE_FULL,    UNAVAILABLE
      OVERLOADED,    UNAVAILABLE
      UNREACHABLE,   UNAVAILABLE
      CANCELLED,     UNAVAILABLE
      BAD_ANSWER,    BAD_SHAPE
      UNKNOWN_MODEL, ERROR
      BAD_REQUEST,   ERROR
      TOO_LARGE,     ERROR
      DECOUPLED,     ERROR
      UNSUPPORTED,   ERROR
      REFUSED,       ERROR
      CONTROL_MODE,  ERROR
      LOAD_FAILED,   ERROR
      SERVER_ERROR,  ERROR
      """)
  void aFailedCallIsAFailureOfItsModelsRole(ErrorKind kind, String suffix) {
    TritonException thrown = new TritonException(kind, "host:1", "why");
    for (ModelFailures role : ModelFailures.values()) {
      FailureKind expected = FailureKind.valueOf(role + "_" + suffix);
      assertThat(role.of(thrown).kind()).isEqualTo(expected);
      assertThat(role.of(new CompletionException(thrown)).kind()).isEqualTo(expected);
      assertThat(role.of(thrown).message()).isEqualTo(kind + " at host:1: why");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsAFailureOfEveryRole(ErrorKind kind) {
    for (ModelFailures role : ModelFailures.values()) {
      assertThat(role.of(new TritonException(kind, "h:1", "x")).kind().name())
          .startsWith(role + "_");
    }
  }

  @Test
  void aRefusedPolicyVersionIsTheWrongPolicyForAGeneratorOnly() {
    TritonException refused =
        new TritonException(ErrorKind.BAD_REQUEST, "h:1", "policy_version 3 isn't live (live: 4)");
    assertThat(ModelFailures.GENERATOR.of(refused).kind())
        .isEqualTo(FailureKind.GENERATOR_WRONG_POLICY);
    assertThat(ModelFailures.JUDGE.of(refused).kind()).isEqualTo(FailureKind.JUDGE_ERROR);
    TritonException busy =
        new TritonException(ErrorKind.QUEUE_FULL, "h:1", "policy_version queue is full");
    assertThat(ModelFailures.GENERATOR.of(busy).kind())
        .isEqualTo(FailureKind.GENERATOR_UNAVAILABLE);
  }

  @Test
  void aTensorThatContradictsItselfIsABadShape() {
    assertThat(ModelFailures.JUDGE.of(new TensorException("tensor 'x'")).kind())
        .isEqualTo(FailureKind.JUDGE_BAD_SHAPE);
  }

  @Test
  void aBugIsNoFailure() {
    NullPointerException bug = new NullPointerException("bug");
    assertThatThrownBy(() -> ModelFailures.JUDGE.of(bug)).isSameAs(bug);
    CompletionException wrapped = new CompletionException(bug);
    assertThatThrownBy(() -> ModelFailures.JUDGE.of(wrapped)).hasRootCause(bug);
  }
}
