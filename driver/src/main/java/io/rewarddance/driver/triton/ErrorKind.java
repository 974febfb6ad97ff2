package io.rewarddance.driver.triton;

/** What went wrong with a call, and so what may be done about it. */
public enum ErrorKind {
  /** No such model or version on the server. */
  UNKNOWN_MODEL(Retry.NEVER),
  /** The model or version is loading or unloading. */
  NOT_READY(Retry.ANYWHERE),
  /** The model's queue is full. */
  QUEUE_FULL(Retry.ANYWHERE),
  /** The request waited longer in the server's queue than the model allows. */
  QUEUE_TIMEOUT(Retry.ANYWHERE),
  /** The server or a proxy before it takes no more work now. */
  OVERLOADED(Retry.ANYWHERE),
  /** Nobody answers there, or the connection broke while the call was under way. */
  UNREACHABLE(Retry.ELSEWHERE_FIRST),
  /** A tensor, a shape, a type or a batch size that the model doesn't take. */
  BAD_REQUEST(Retry.NEVER),
  /** A message above the size limit of one side. */
  TOO_LARGE(Retry.NEVER),
  /** The model answers with streams only. */
  DECOUPLED(Retry.NEVER),
  /** The server doesn't have this call or this option. */
  UNSUPPORTED(Retry.NEVER),
  /** The call needs a header that wasn't sent, or credentials that weren't good. */
  REFUSED(Retry.NEVER),
  /** The server doesn't run in explicit model control mode. */
  CONTROL_MODE(Retry.NEVER),
  /** The server tried to load the model and couldn't. */
  LOAD_FAILED(Retry.NEVER),
  /** Our own deadline passed. Whether to ask again is the caller's policy, not the client's. */
  DEADLINE(Retry.NEVER),
  /** Cancelled by us or by the server. */
  CANCELLED(Retry.NEVER),
  /** The model raised an error. */
  SERVER_ERROR(Retry.NEVER),
  /** An answer that isn't what was asked for. */
  BAD_ANSWER(Retry.NEVER);

  /** Where the same request may be sent again. */
  public enum Retry {
    NEVER,
    ANYWHERE,
    /** On another endpoint if there is one: this one is out until it answers a probe. */
    ELSEWHERE_FIRST
  }

  private final Retry retry;

  ErrorKind(Retry retry) {
    this.retry = retry;
  }

  public Retry retry() {
    return retry;
  }

  public boolean isRetryable() {
    return retry != Retry.NEVER;
  }
}
