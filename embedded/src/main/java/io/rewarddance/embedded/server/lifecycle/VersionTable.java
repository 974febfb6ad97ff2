package io.rewarddance.embedded.server.lifecycle;

import io.rewarddance.embedded.server.RequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every version ever tried and its state. All changes are atomic for those who look. */
public final class VersionTable {
  private final SortedMap<String, NavigableMap<Long, VersionEntry>> models = new TreeMap<>();

  /**
   * Leases a version that serves; the caller releases it.
   *
   * @param version a number, or empty for the newest that is ready
   * @throws RequestException NOT_FOUND or UNAVAILABLE with Triton's text
   */
  public synchronized LoadedVersion acquire(String name, Optional<Long> version) {
    NavigableMap<Long, VersionEntry> versions = models.get(name);
    if (versions == null) {
      throw unknown("'" + name + "' is not found");
    }
    LoadedVersion found =
        version.isPresent() ? pinned(name, versions, version.get()) : newest(name, versions);
    found.acquire();
    return found;
  }

  private static LoadedVersion pinned(
      String name, NavigableMap<Long, VersionEntry> versions, long version) {
    VersionEntry entry = versions.get(version);
    if (entry == null) {
      throw unknown("'" + name + "' version " + version + " is not found");
    }
    return entry
        .loaded()
        .orElseThrow(
            () ->
                RequestException.unavailable(
                    "Request for unknown model: '%s' version %d is not at ready state"
                        .formatted(name, version)));
  }

  private static LoadedVersion newest(String name, NavigableMap<Long, VersionEntry> versions) {
    return versions.descendingMap().values().stream()
        .flatMap(entry -> entry.loaded().stream())
        .findFirst()
        .orElseThrow(() -> unknown("'" + name + "' has no available versions"));
  }

  private static RequestException unknown(String what) {
    return RequestException.notFound("Request for unknown model: " + what);
  }

  /** Versions that serve, oldest first. */
  public synchronized List<LoadedVersion> ready(String name) {
    return entries(name).values().stream().flatMap(entry -> entry.loaded().stream()).toList();
  }

  /** Whether a load of the model ever got past its configuration, were it without any version. */
  public synchronized boolean isTried(String name) {
    return models.containsKey(name);
  }

  /** A load of the model got past its configuration. */
  synchronized void tried(String name) {
    models.putIfAbsent(name, new TreeMap<>());
  }

  /** Names of models that were ever loaded. */
  public synchronized List<String> names() {
    return List.copyOf(models.keySet());
  }

  public synchronized List<IndexRow> rows(String name) {
    List<IndexRow> rows = new ArrayList<>();
    entries(name)
        .forEach(
            (version, entry) ->
                rows.add(new IndexRow(name, version, entry.state(), entry.reason())));
    return rows;
  }

  /** Whether every version that was asked for serves. */
  public synchronized boolean allReady() {
    return models.values().stream()
        .flatMap(versions -> versions.values().stream())
        .allMatch(
            entry ->
                entry.state() == VersionState.READY
                    || entry.reason().equals(VersionLoader.UNLOADED));
  }

  /** Whether no version serves, or is about to begin or to end it. */
  public synchronized boolean isQuiet() {
    return models.values().stream()
        .flatMap(versions -> versions.values().stream())
        .allMatch(entry -> entry.state() == VersionState.UNAVAILABLE);
  }

  /** Shows that a version is being loaded, unless it serves meanwhile. */
  synchronized void loading(String name, long version) {
    NavigableMap<Long, VersionEntry> versions =
        models.computeIfAbsent(name, any -> new TreeMap<>());
    VersionEntry old = versions.get(version);
    if (old == null || old.loaded().isEmpty()) {
      versions.put(version, VersionEntry.of(VersionState.LOADING, ""));
    }
  }

  /** A load failed: versions that did not serve before are unavailable, with the reason. */
  synchronized void failed(String name, Map<Long, String> reasons) {
    NavigableMap<Long, VersionEntry> versions = models.get(name);
    reasons.forEach(
        (version, reason) -> {
          if (versions.get(version).loaded().isEmpty()) {
            versions.put(version, VersionEntry.of(VersionState.UNAVAILABLE, reason));
          }
        });
  }

  /**
   * Makes exactly these versions serve, in one step.
   *
   * @return versions that served until now and no longer do
   */
  synchronized List<LoadedVersion> swap(String name, Collection<LoadedVersion> serving) {
    NavigableMap<Long, VersionEntry> versions =
        models.computeIfAbsent(name, any -> new TreeMap<>());
    List<LoadedVersion> retired = new ArrayList<>(ready(name));
    retired.removeAll(serving);
    for (LoadedVersion old : retired) {
      versions.put(old.version(), VersionEntry.of(VersionState.UNLOADING, ""));
    }
    for (LoadedVersion version : serving) {
      versions.put(version.version(), VersionEntry.ready(version));
    }
    return retired;
  }

  /** A retired version has been freed. */
  synchronized void unloaded(String name, long version) {
    NavigableMap<Long, VersionEntry> versions = models.get(name);
    if (versions.get(version).state() == VersionState.UNLOADING) {
      versions.put(version, VersionEntry.of(VersionState.UNAVAILABLE, VersionLoader.UNLOADED));
    }
  }

  private NavigableMap<Long, VersionEntry> entries(String name) {
    return models.getOrDefault(name, new TreeMap<>());
  }
}
