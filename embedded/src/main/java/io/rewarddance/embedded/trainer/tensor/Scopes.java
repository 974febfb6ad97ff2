package io.rewarddance.embedded.trainer.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Runs work within libtorch's thread-bound scopes. */
public final class Scopes {
  private Scopes() {}

  /** Frees the native objects that the work makes, but for those it retains. */
  @SuppressWarnings("try")
  public static <T> T scoped(Supplier<T> work) {
    try (PointerScope scope = new PointerScope()) {
      return work.get();
    }
  }

  /** Records nothing for gradients. */
  @SuppressWarnings("try")
  public static <T> T withoutGradient(Supplier<T> work) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return work.get();
    }
  }
}
