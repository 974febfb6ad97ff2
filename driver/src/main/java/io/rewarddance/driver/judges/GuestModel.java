package io.rewarddance.driver.judges;

import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** A model that a job brings to servers that aren't its own, on every endpoint. */
public final class GuestModel {
  private final String name;
  private final List<ModelControl> controls;

  public GuestModel(String name, List<ModelControl> controls) {
    this.name = name;
    this.controls = List.copyOf(controls);
  }

  /**
   * Finds out, before there is anything to load, whether every server answers and takes loads.
   *
   * @throws IOException naming each that doesn't
   */
  public static void rehearse(List<ModelControl> controls) throws IOException {
    require("models can't be loaded", failures(controls, ModelControl::requireExplicit));
  }

  /**
   * Loads what its directory holds now on every endpoint at once.
   *
   * @throws IOException naming each endpoint that didn't, with what it says
   */
  public void load(Duration deadline) throws IOException {
    require("load of '" + name + "'", failures(controls, control -> control.load(name, deadline)));
  }

  /**
   * @param ours tells the model that was brought from one that has its name
   * @throws IOException naming each endpoint that serves another
   */
  public void require(Predicate<ModelConfig> ours) throws IOException {
    List<String> others = new ArrayList<>();
    for (ModelControl control : controls) {
      if (!serves(control, ours)) {
        others.add(control.endpoint());
      }
    }
    if (!others.isEmpty()) {
      throw new IOException(
          "'%s' at %s is another model (expected: servers that read the repository that it was published in)"
              .formatted(name, String.join(", ", others)));
    }
  }

  /**
   * Takes it out of service where it is.
   *
   * @return what was in the way, by endpoint
   */
  public List<String> unload(Predicate<ModelConfig> ours) {
    return failures(serving(ours), control -> control.unload(name));
  }

  /**
   * Loads what its directory holds where it is in service.
   *
   * @return what was in the way, by endpoint
   */
  public List<String> reload(Predicate<ModelConfig> ours, Duration deadline) {
    return failures(serving(ours), control -> control.load(name, deadline));
  }

  private List<ModelControl> serving(Predicate<ModelConfig> ours) {
    return controls.stream().filter(control -> serves(control, ours)).toList();
  }

  private boolean serves(ModelControl control, Predicate<ModelConfig> ours) {
    try {
      return ours.test(control.modelConfig(name).join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof TritonException failed) {
        // Whatever it is that serves there doesn't say so; only an unknown model is surely gone.
        return failed.kind() != ErrorKind.UNKNOWN_MODEL && failed.kind() != ErrorKind.NOT_READY;
      }
      throw e;
    }
  }

  private interface Call {
    CompletableFuture<?> on(ModelControl control);
  }

  private static List<String> failures(List<ModelControl> controls, Call call) {
    List<CompletableFuture<?>> calls = new ArrayList<>();
    controls.forEach(control -> calls.add(call.on(control)));
    List<String> failures = new ArrayList<>();
    for (CompletableFuture<?> made : calls) {
      try {
        made.join();
      } catch (CompletionException e) {
        failures.add(e.getCause().getMessage());
      }
    }
    return failures;
  }

  private static void require(String what, List<String> failures) throws IOException {
    if (!failures.isEmpty()) {
      throw new IOException(what + ": " + String.join("; ", failures));
    }
  }
}
