package io.rewarddance.driver.journal;

import java.io.IOException;

/** A journal that isn't one, or was changed by somebody else. */
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
