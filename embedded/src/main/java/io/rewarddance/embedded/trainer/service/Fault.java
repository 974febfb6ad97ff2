package io.rewarddance.embedded.trainer.service;

import java.util.Locale;

/** Kinds of refusal, with the HTTP status that each becomes. */
public enum Fault {
  /** A request that can't be understood. */
  BAD_REQUEST(400),
  /** A file that is damaged, or that can't be trained on. */
  BAD_FILE(400),
  UNAUTHORIZED(401),
  /** A file outside the directories that may be read. */
  FORBIDDEN(403),
  NOT_FOUND(404),
  UNKNOWN_RUN(404),
  UNKNOWN_UPDATE(404),
  /** A version that never was, or whose checkpoint is no longer kept. */
  UNKNOWN_POLICY(404),
  UNKNOWN_JUDGE(404),
  /** Another file for what was trained on, or an iteration or step out of order. */
  CONFLICT(409),
  /** A file whose rollouts were drawn by another policy than the current one. */
  STALE_POLICY(409),
  TOO_LARGE(413),
  /** A number was not finite; the policy is unchanged. */
  NON_FINITE(422),
  INTERNAL(500),
  /** Another update is running. */
  BUSY(503);

  private final int status;

  Fault(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** Name on the wire. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
