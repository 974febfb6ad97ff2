package io.rewarddance.driver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads settings files of every kind, told apart by a key that only one kind has. */
public final class AnyLoader {
  /** The first one is the kind of files that can't be told. */
  private static final List<FileKind<?>> KINDS =
      List.of(new ExperimentKind(), new JudgeKind(), new PreferencesKind());

  /**
   * @param file an experiment, judge or preferences file
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  public SettingsFile<?> load(Path file, List<String> sets) throws ConfigException {
    return new SettingsLoader<>(kind(file)).load(file, sets);
  }

  private static FileKind<?> kind(Path file) {
    Optional<Document> document = document(file);
    return KINDS.stream()
        .filter(kind -> document.isPresent() && document.get().root().has(kind.ownKey()))
        .findFirst()
        .orElse(KINDS.get(0));
  }

  /** What keeps a file from being read is for its loader to say. */
  private static Optional<Document> document(Path file) {
    try {
      YamlReader reader = new YamlReader(file.toString(), "settings", new ArrayList<>());
      return reader.document(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
