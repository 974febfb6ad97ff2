package io.rewarddance.embedded.trainer.step;

import java.util.concurrent.CancellationException;

/** How a running update tells how far it is, and learns that it is no longer wanted. */
public interface Progress {
  /**
   * @param share 0 to 1
   */
  void done(double share);

  boolean cancelled();

  /**
   * @throws CancellationException when the update is no longer wanted
   */
  default void throwIfCancelled() {
    if (cancelled()) {
      throw new CancellationException("the backend is closing");
    }
  }

  /** Nobody listens, nobody cancels. */
  Progress NONE =
      new Progress() {
        @Override
        public void done(double share) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };
}
