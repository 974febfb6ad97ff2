package io.rewarddance.driver.publish;

import io.rewarddance.driver.config.PublishConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes policies: version directory, load on every endpoint, canary on every endpoint, pruning.
 * If any of it fails, the old policy is put back everywhere before the failure is thrown, so that
 * no endpoint is left ahead of the others.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final PublishConfig config;
  private final Fleet fleet;
  private final PolicyStore policies;
  private final Optional<VersionDirectories> directories;
  private final PolicyStore.Download download;

  /**
   * @param directories where the served repository is; empty for method none
   */
  public Publisher(
      PublishConfig config,
      Fleet fleet,
      PolicyStore policies,
      Optional<VersionDirectories> directories,
      PolicyStore.Download download) {
    this.config = config;
    this.fleet = fleet;
    this.policies = policies;
    this.directories = directories;
    this.download = download;
  }

  /**
   * Finds out before anything is drawn whether publishing can work: the repository holds what is
   * served and can be written to, and every endpoint takes a load, which finds nothing new.
   *
   * @param live the policy that is served
   * @throws StepFailedException when it can't work
   */
  public void rehearse(PolicyRef live) {
    if (directories.isEmpty()) {
      return;
    }
    try {
      directories.get().require(live.version(), live.digest());
    } catch (IOException e) {
      throw StepFailedException.lasting(FailureKind.PUBLISH_ERROR, e.getMessage(), e);
    }
    fleet.load(live.version());
  }

  /**
   * Puts {@code next} into service in place of {@code current}. Doing it again is safe.
   *
   * @param before what the canary of {@code current} gave
   * @return what the canary gives now, the same on every endpoint
   * @throws StepFailedException when any endpoint doesn't serve {@code next}; then {@code current}
   *     is back on all of them, or the message says where it isn't
   */
  public Song publish(PolicyRef next, PolicyRef current, Song before) {
    try {
      Path weights = policies.ensure(next, download);
      if (directories.isEmpty()) {
        return proven(next, fleet.awaitPolicy(next), before);
      }
      VersionDirectories versions = directories.get();
      if (!versions.has(next.version(), next.digest())) {
        versions.install(next.version(), weights);
      }
      Song song = switchTo(versions, next, current, before);
      prune(versions, Set.of(next.version(), current.version()));
      return song;
    } catch (IOException e) {
      throw new StepFailedException(
          FailureKind.PUBLISH_ERROR, "version directory of " + next + ": " + e, e);
    }
  }

  private Song switchTo(
      VersionDirectories versions, PolicyRef next, PolicyRef current, Song before) {
    try {
      fleet.load(next.version());
      return proven(next, fleet.sing(next), before);
    } catch (StepFailedException e) {
      throw putBack(versions, current, e);
    }
  }

  private Song proven(PolicyRef next, Song song, Song before) {
    if (config.canary()) {
      Fleet.prove(next, song, before);
    }
    return song;
  }

  /** The failure, with what could not be undone: then endpoints may serve different policies. */
  private StepFailedException putBack(
      VersionDirectories versions, PolicyRef current, StepFailedException failure) {
    List<String> problems = new ArrayList<>();
    try {
      arrange(versions, policies, current, download);
    } catch (IOException | StepFailedException e) {
      failure.addSuppressed(e);
      problems.add(e.toString());
    }
    problems.addAll(fleet.refusals(current.version()));
    if (problems.isEmpty()) {
      return failure;
    }
    return new StepFailedException(
        failure.failure().kind(),
        failure.failure().message()
            + "; and "
            + current
            + " is not back everywhere: "
            + String.join("; ", problems),
        failure);
  }

  /** The policy is in service: old directories that can't be deleted are no reason to undo that. */
  private void prune(VersionDirectories versions, Set<Long> inUse) {
    try {
      versions.prune(config.keep(), inUse);
    } catch (IOException e) {
      LOG.warn("old version directories are left over: {}", e.toString());
    }
  }

  /**
   * Makes {@code current} the live policy, whatever a killed run left behind.
   *
   * @return what its canary gives
   */
  public Song restore(PolicyRef current) {
    try {
      if (directories.isPresent()) {
        arrange(directories.get(), policies, current, download);
        fleet.load(current.version());
      }
      return fleet.sing(current);
    } catch (IOException e) {
      throw new StepFailedException(
          FailureKind.PUBLISH_ERROR, "version directory of " + current + ": " + e, e);
    }
  }

  /** Makes {@code current} the newest version directory; no server is asked. */
  public static void arrange(
      VersionDirectories directories,
      PolicyStore policies,
      PolicyRef current,
      PolicyStore.Download download)
      throws IOException {
    directories.clean();
    if (!directories.has(current.version(), current.digest())) {
      directories.install(current.version(), policies.ensure(current, download));
    }
    for (long newer : directories.versions().tailSet(current.version() + 1)) {
      directories.remove(newer);
    }
  }
}
