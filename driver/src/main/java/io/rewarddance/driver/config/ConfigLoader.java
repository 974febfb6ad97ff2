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
 * Reads experiment files: YAML, then {@code --set}, then the schema, then defaults, then what must
 * hold between settings. All problems of a stage are reported together, each with file, line,
 * column, key, value and what was expected.
 */
public final class ConfigLoader {
  private final ExperimentSchema schema = new ExperimentSchema();

  /**
   * @param file an experiment file
   * @param sets overrides {@code a.b=c}, in their order
   * @throws ConfigException naming everything that is wrong
   */
  public Experiment load(Path file, List<String> sets) throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    String name = file.toString();
    Document document = read(file, name, problems);
    Overrides overrides = new Overrides(document, problems);
    sets.forEach(overrides::apply);
    problems.addAll(schema.check(document));
    refuse(name, problems);

    ObjectNode tree = document.root().deepCopy();
    new Defaults(schema).fill(tree);
    Path root = ProjectRoot.of(file);
    Rules rules = new Rules(document, tree);
    new Combinations(rules).check();
    new FilesPresent(rules, root).check();
    new CategoriesPresent(rules, root).check();
    refuse(name, rules.problems());

    RunConfig config = Binder.run(new Settings(tree, root));
    return new Experiment(
        config, new ResolvedYaml(schema, root).of(tree, config.directory()), file, root);
  }

  private static Document read(Path file, String name, List<Problem> problems)
      throws ConfigException {
    Optional<Document> document = new YamlReader(name, problems).document(text(file, name));
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
