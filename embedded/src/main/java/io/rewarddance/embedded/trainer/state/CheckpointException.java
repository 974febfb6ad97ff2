package io.rewarddance.embedded.trainer.state;

import java.io.IOException;

/** A checkpoint that is whole, but not one that this backend can go on from. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1;

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
