package io.rewarddance.embedded.server.lifecycle;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactories;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.repository.LoadOverrides;
import io.rewarddance.embedded.server.repository.ModelRepository;
import io.rewarddance.embedded.server.repository.ModelSource;
import io.rewarddance.embedded.server.repository.ServableCheck;
import io.rewarddance.embedded.server.repository.VersionPolicy;
import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and unloads models on request.
 *
 * <p>A load opens the selected versions beside those that serve, and then swaps them in one step:
 * no unpinned request fails, and none is answered by an unselected version once the load has
 * returned. Calls in flight finish on the version that they started on. A failed load changes
 * nothing. Operations on one model wait for each other; different models load at the same time.
 */
public final class ModelControl {
  private static final Logger log = LoggerFactory.getLogger(ModelControl.class);

  private final ModelRepository repository;
  private final VersionTable table;
  private final VersionLoader loader;
  private final Executor retiring;
  private final BooleanSupplier reports;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<String, ModelSource> served = new ConcurrentHashMap<>();

  /**
   * @param factories the kinds of model that can be opened
   * @param pool workers for all models
   * @param retiring runs what frees a model; never the thread that calls this class
   * @param reports whether operations are logged
   */
  public ModelControl(
      ModelRepository repository,
      VersionTable table,
      ModelFactories factories,
      ExecutionPool pool,
      Executor retiring,
      BooleanSupplier reports) {
    this.repository = repository;
    this.table = table;
    this.loader = new VersionLoader(factories, pool);
    this.retiring = retiring;
    this.reports = reports;
  }

  /**
   * Returns once the model serves what its files, or the overrides, say. Without overrides and
   * without a file that is newer than at the last load, nothing is done.
   *
   * @throws RequestException with Triton's text; what served before still does
   */
  public void load(String name, LoadOverrides overrides) {
    checkName(name);
    exclusively(name, () -> loadLocked(name, overrides));
  }

  private void loadLocked(String name, LoadOverrides overrides) {
    ModelSource source = poll(name, overrides);
    table.tried(name);
    Optional<ModelSource> before = Optional.ofNullable(served.get(name));
    boolean unchanged =
        before.isPresent()
            && !before.get().overridden()
            && !overrides.isPresent()
            && !before.get().timestamps().isModifiedBy(source.timestamps());
    if (unchanged) {
      report("load of '{}' did nothing: no file is newer than at its last load", name);
      return;
    }
    List<LoadedVersion> serving = openAll(source, before);
    retire(table.swap(name, serving));
    served.put(name, source);
    report("successfully loaded '{}'", name);
  }

  private ModelSource poll(String name, LoadOverrides overrides) {
    String text = "failed to load '" + name + "', failed to poll from model repository";
    if (!repository.contains(name) && overrides.files().isEmpty()) {
      unloadLocked(name); // as Triton does with a model whose directory has gone
      throw RequestException.internal(text);
    }
    try {
      return repository.poll(name, overrides);
    } catch (IOException e) {
      throw RequestException.internal(text + ": " + e.getMessage());
    }
  }

  private List<LoadedVersion> openAll(ModelSource source, Optional<ModelSource> before) {
    String name = source.name();
    List<LoadedVersion> serving = new ArrayList<>();
    List<LoadedVersion> opened = new ArrayList<>();
    Map<Long, String> problems = new TreeMap<>();
    for (long version : versions(source)) {
      Optional<LoadedVersion> kept = keep(source, before, version);
      kept.ifPresent(serving::add);
      if (kept.isEmpty()) {
        open(source, version, opened, problems);
      }
    }
    if (!problems.isEmpty()) {
      opened.forEach(LoadedVersion::close);
      opened.forEach(version -> problems.putIfAbsent(version.version(), VersionLoader.UNLOADED));
      table.failed(name, problems);
      throw loadFailed(name, problemText(problems));
    }
    serving.forEach(version -> version.updateConfig(source.config()));
    serving.addAll(opened);
    return serving;
  }

  private static SortedSet<Long> versions(ModelSource source) {
    try {
      SortedSet<Long> versions =
          VersionPolicy.select(source.config(), VersionPolicy.present(source.directory()));
      if (versions.isEmpty()) {
        throw loadFailed(
            source.name(),
            "at least one version must be available under the version policy of model '%s'"
                .formatted(source.name()));
      }
      return versions;
    } catch (IOException e) {
      throw loadFailed(source.name(), e.toString());
    }
  }

  /** A version that serves and needs no new model. */
  private Optional<LoadedVersion> keep(
      ModelSource source, Optional<ModelSource> before, long version) {
    boolean same =
        before.isPresent()
            && before.get().directory().equals(source.directory())
            && !before.get().timestamps().isVersionModifiedBy(source.timestamps(), version)
            && withoutVersionPolicy(before.get().config())
                .equals(withoutVersionPolicy(source.config()));
    return same
        ? table.ready(source.name()).stream()
            .filter(ready -> ready.version() == version)
            .findFirst()
        : Optional.empty();
  }

  private static ModelConfig withoutVersionPolicy(ModelConfig config) {
    return config.toBuilder().clearVersionPolicy().build();
  }

  private void open(
      ModelSource source, long version, List<LoadedVersion> opened, Map<Long, String> problems) {
    report("loading: {}:{}", source.name(), version);
    table.loading(source.name(), version);
    Optional<String> problem = ServableCheck.problem(source.config());
    if (problem.isPresent()) {
      problems.put(version, "Invalid argument: " + problem.get());
      return;
    }
    try {
      opened.add(loader.open(source, version));
    } catch (ModelLoadException e) {
      log.error("failed to load '{}' version {}: {}", source.name(), version, e.getMessage(), e);
      problems.put(version, "Internal: " + e.getMessage());
    }
  }

  private static String problemText(Map<Long, String> problems) {
    StringBuilder text = new StringBuilder();
    problems.forEach(
        (version, reason) -> {
          if (!reason.equals(VersionLoader.UNLOADED)) {
            text.append("version %d is at UNAVAILABLE state: %s;".formatted(version, reason));
          }
        });
    return text.toString();
  }

  private static RequestException loadFailed(String name, String problem) {
    return RequestException.invalid("load failed for model '" + name + "': " + problem + "\n");
  }

  /** Stops serving a model; calls in flight finish. A model that does not serve is left alone. */
  public void unload(String name) {
    exclusively(name, () -> unloadLocked(name));
  }

  private void unloadLocked(String name) {
    served.remove(name);
    if (!table.ready(name).isEmpty()) {
      retire(table.swap(name, List.of()));
    }
  }

  private void retire(List<LoadedVersion> versions) {
    for (LoadedVersion version : versions) {
      version.retire(() -> retiring.execute(() -> free(version)));
    }
  }

  private void free(LoadedVersion version) {
    version.close();
    table.unloaded(version.name(), version.version());
    report("successfully unloaded '{}' version {}", version.name(), version.version());
  }

  private void report(String format, Object... values) {
    if (reports.getAsBoolean()) {
      log.info(format, values);
    }
  }

  private void exclusively(String name, Runnable operation) {
    ReentrantLock lock = locks.computeIfAbsent(name, any -> new ReentrantLock());
    lock.lock();
    try {
      operation.run();
    } finally {
      lock.unlock();
    }
  }

  private static void checkName(String name) {
    if (name.isBlank()) {
      throw RequestException.invalid(
          "Model name cannot be empty. Please enter a valid name to deploy.");
    }
    if (name.strip().equals("..") || name.contains("/")) {
      throw RequestException.invalid(
          "invalid model name '%s', model name must not contain path traversal characters"
              .formatted(name));
    }
  }
}
