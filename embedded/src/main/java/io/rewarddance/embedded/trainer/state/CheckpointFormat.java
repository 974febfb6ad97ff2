package io.rewarddance.embedded.trainer.state;

import java.io.IOException;

/** How a state becomes a checkpoint's bytes, and back. */
public interface CheckpointFormat<S> {
  /** Rises with each state; part of the file's name. */
  long version(S state);

  byte[] encode(S state);

  /**
   * @param source what the bytes are called in errors
   * @throws IOException when they are no checkpoint, or not one to go on from
   */
  S decode(byte[] bytes, String source) throws IOException;
}
