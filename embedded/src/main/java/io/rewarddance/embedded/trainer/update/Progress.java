package io.rewarddance.embedded.trainer.update;

/** How a running update tells how far it is, and learns that it is no longer wanted. */
public interface Progress {
  /**
   * @param share 0 to 1
   */
  void done(double share);

  boolean cancelled();

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
