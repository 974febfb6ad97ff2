package io.rewarddance.driver.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads settings files of one kind: YAML, then {@code --set}, then the schema, then defaults, then
 * what must hold between settings. All problems of a stage are reported together, each with file,
 * line, column, key, value and what was expected.
 */
final class SettingsLoader<C> {
  private final FileKind<C> kind;
  private final SettingsSchema schema;

  SettingsLoader(FileKind<C> kind) {
    this.kind = kind;
    this.schema = new SettingsSchema(kind.schema());
  }

  /**
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  SettingsFile<C> load(Path file, List<String> sets) throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    String name = file.toString();
    Document document = read(file, name, problems);
    Overrides overrides = new Overrides(document, problems);
    sets.forEach(overrides::apply);
    problems.addAll(schema.check(document));
    refuse(name, problems);

    ObjectNode tree = document.root().deepCopy();
    SchemaDefaults defaults = new SchemaDefaults(schema);
    defaults.fill(tree);
    kind.complete(tree, defaults);
    Path root = ProjectRoot.of(file);
    Rules rules = new Rules(document, tree);
    kind.check(rules, root);
    refuse(name, rules.problems());

    C config = kind.bind(new Settings(tree, root));
    String yaml = new ResolvedYaml(schema, root, kind.keptAs()).of(tree, kind.directory(config));
    return new SettingsFile<>(config, yaml, file, root);
  }

  private Document read(Path file, String name, List<Problem> problems) throws ConfigException {
    YamlReader reader = new YamlReader(name, kind.what(), problems);
    Optional<Document> document = reader.document(text(file, name));
    if (document.isEmpty()) {
      throw new ConfigException(name, problems);
    }
    return document.get();
  }

  private static String text(Path file, String name) throws ConfigException {
    String what;
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      what = "no such file";
    } catch (MalformedInputException e) {
      what = "not UTF-8 text";
    } catch (IOException e) {
      what = "can't be read: " + e;
    }
    throw new ConfigException(name, List.of(new Problem(Origin.option(name), "", what)));
  }

  private static void refuse(String name, List<Problem> problems) throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(name, problems);
    }
  }
}
