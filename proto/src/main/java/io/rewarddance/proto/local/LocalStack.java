package io.rewarddance.proto.local;

import java.io.IOException;

/** Starts a Triton-protocol server and a training backend on loopback ports of this JVM. */
public interface LocalStack {
  /**
   * Starts what the settings ask for and returns once it answers.
   *
   * @throws IOException when the model repository or the trainer's state can't be read, or a port
   *     can't be bound
   */
  LocalServices start(LocalStackSettings settings) throws IOException;
}
