package io.rewarddance.embedded.model;

/** Triton's error codes, named as the gRPC status they become. */
public enum FailureCode {
  INVALID_ARGUMENT,
  NOT_FOUND,
  ALREADY_EXISTS,
  UNAVAILABLE,
  UNIMPLEMENTED,
  CANCELLED,
  INTERNAL,
  UNKNOWN
}
