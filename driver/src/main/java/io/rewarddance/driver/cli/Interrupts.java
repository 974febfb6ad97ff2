package io.rewarddance.driver.cli;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C (and SIGTERM): the first asks for a clean end, the second ends the process at once. The
 * JDK has no supported call for this, so {@code sun.misc.Signal} is used by reflection; where that
 * is missing, Ctrl-C ends the process at once, which the journal survives as well.
 */
final class Interrupts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);
  private static final int SIGTERM_CODE = 143;

  private final AtomicReference<String> first = new AtomicReference<>();
  private final Consumer<String> onFirst;

  /**
   * @param onFirst told the signal's name, once, on a thread of its own
   */
  private Interrupts(Consumer<String> onFirst) {
    this.onFirst = onFirst;
  }

  static Interrupts handledBy(Consumer<String> onFirst) {
    Interrupts interrupts = new Interrupts(onFirst);
    interrupts.install("INT");
    interrupts.install("TERM");
    return interrupts;
  }

  /** The exit code that the first signal asks for, when one came. */
  Optional<Integer> exitCode() {
    return Optional.ofNullable(first.get()).map(Interrupts::code);
  }

  @Override
  public void close() {
    restore("INT");
    restore("TERM");
  }

  private void received(String name) {
    if (first.compareAndSet(null, name)) {
      onFirst.accept(name);
    } else {
      Runtime.getRuntime().halt(code(name));
    }
  }

  private static int code(String name) {
    return name.equals("TERM") ? SIGTERM_CODE : ExitCode.INTERRUPTED;
  }

  private void install(String name) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  received(name);
                  return null;
                }
                return method.getName().equals("hashCode") ? System.identityHashCode(self) : null;
              });
      handle(name, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.debug("no handler for {}", name, e);
    }
  }

  private static void restore(String name) {
    try {
      handle(name, Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.debug("no handler for {}", name, e);
    }
  }

  private static void handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Object instance = signal.getConstructor(String.class).newInstance(name);
    signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, instance, handler);
  }
}
