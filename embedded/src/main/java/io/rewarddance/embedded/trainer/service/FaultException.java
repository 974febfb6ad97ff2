package io.rewarddance.embedded.trainer.service;

/** A refusal that its caller is told of. */
public final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Fault fault;

  public FaultException(Fault fault, String message) {
    this(fault, message, null);
  }

  public FaultException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
