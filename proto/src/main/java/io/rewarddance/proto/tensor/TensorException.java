package io.rewarddance.proto.tensor;

/** A tensor that contradicts itself or its description; the message names it. */
public final class TensorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TensorException(String message) {
    super(message);
  }
}
