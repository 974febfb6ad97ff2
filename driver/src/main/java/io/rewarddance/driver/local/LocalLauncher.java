package io.rewarddance.driver.local;

import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.util.ServiceLoader;

/** Starts the local services that are on the class path. */
public final class LocalLauncher {
  private LocalLauncher() {}

  /**
   * @throws IOException when there are none, or they can't start
   */
  public static LocalServices start(LocalStackSettings settings) throws IOException {
    LocalStack stack =
        ServiceLoader.load(LocalStack.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "'embedded' needs the embedded module on the class path (it is in the"
                            + " runnable jar)"));
    return stack.start(settings);
  }
}
