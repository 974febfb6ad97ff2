package io.rewarddance.embedded.server.repository;

import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelVersionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which of a model's version directories are served. */
public final class VersionPolicy {
  /** A positive number without leading zeros; what else lies there is no version. */
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}|0");

  private VersionPolicy() {}

  /** Versions that have a directory. */
  public static NavigableSet<Long> present(Path modelDirectory) throws IOException {
    NavigableSet<Long> versions = new TreeSet<>();
    try (Stream<Path> entries = Files.list(modelDirectory)) {
      entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> VERSION.matcher(name).matches())
          .forEach(name -> versions.add(Long.valueOf(name)));
    }
    return versions;
  }

  /** Those of {@code present} that the configuration selects. */
  public static SortedSet<Long> select(ModelConfig config, NavigableSet<Long> present) {
    ModelVersionPolicy policy = config.getVersionPolicy();
    return switch (policy.getPolicyChoiceCase()) {
      case ALL -> present;
      case SPECIFIC -> {
        SortedSet<Long> specific = new TreeSet<>(policy.getSpecific().getVersionsList());
        specific.retainAll(present);
        yield specific;
      }
      case LATEST -> latest(present, policy.getLatest().getNumVersions());
      case POLICYCHOICE_NOT_SET -> latest(present, 1);
    };
  }

  private static SortedSet<Long> latest(NavigableSet<Long> present, int count) {
    SortedSet<Long> newest = new TreeSet<>();
    present.descendingSet().stream().limit(Integer.toUnsignedLong(count)).forEach(newest::add);
    return newest;
  }
}
