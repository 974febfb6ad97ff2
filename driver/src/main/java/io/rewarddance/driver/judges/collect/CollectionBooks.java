package io.rewarddance.driver.judges.collect;

import io.rewarddance.driver.config.PreferencesConfig;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.JournalText;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobFolder;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a collection writes down: a journal line for each set, and {@code summary.json}. */
final class CollectionBooks {
  private static final String SET = "set";
  private static final String FILE = "file";
  private static final String SECONDS = "seconds";
  private static final String DOMAINS = "domains";

  private final PreferencesConfig config;
  private final JobFolder folder;

  CollectionBooks(PreferencesConfig config, JobFolder folder) {
    this.config = config;
    this.folder = folder;
  }

  /** What sets depend on beside the settings. */
  static ObjectNode inputs(PreferencesConfig config) throws JobException {
    ObjectNode inputs = JobFolder.object();
    try {
      for (var set : config.sets()) {
        inputs.put("prompts of set " + set.name(), Sha256.of(set.prompts()));
      }
      for (var source : config.sources()) {
        if (source.weights().isPresent()) {
          inputs.put("weights of source " + source.name(), Sha256.of(source.weights().get()));
        }
      }
      return inputs;
    } catch (IOException e) {
      throw JobException.refused(e);
    }
  }

  /** Sets that are done, their files unchanged. */
  SortedMap<String, SetSummary> done() throws JobException {
    SortedMap<String, SetSummary> done = new TreeMap<>();
    for (JournalLine line : folder.all(Kind.COLLECTED)) {
      read(line.data()).ifPresent(set -> done.put(line.data().path(SET).asString(), set));
    }
    return done;
  }

  private Optional<SetSummary> read(ObjectNode data) throws JobException {
    Path file = folder.directory().resolve(data.path(FILE).asString());
    try {
      if (!Files.exists(file) || !Sha256.of(file).equals(data.path("sha256").asString())) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw JobException.failed(e);
    }
    SortedMap<String, Integer> domains = new TreeMap<>();
    for (Map.Entry<String, JsonNode> domain : data.path(DOMAINS).properties()) {
      domains.put(domain.getKey(), domain.getValue().asInt());
    }
    return Optional.of(
        new SetSummary(
            file,
            data.path("sha256").asString(),
            data.path("pairs").asInt(),
            data.path("images").asInt(),
            data.path("dropped").asInt(),
            data.path("agreement").asDouble(),
            domains));
  }

  void collected(String name, SetSummary set, StageSeconds seconds) throws JobException {
    ObjectNode machine = JobFolder.object();
    machine.set(SECONDS, JournalText.mapper().valueToTree(seconds.all()));
    append(Kind.COLLECTED, data(set).put(SET, name), machine);
  }

  private ObjectNode data(SetSummary set) {
    ObjectNode data = JobFolder.object();
    data.put(FILE, set.file().getFileName().toString());
    data.put("sha256", set.sha256());
    data.put("pairs", set.pairs());
    data.put("images", set.images());
    data.put("dropped", set.dropped());
    data.put("agreement", set.agreement());
    ObjectNode domains = data.putObject(DOMAINS);
    set.domains().forEach(domains::put);
    return data;
  }

  /** The end: {@code summary.json}, and a last line the first time. */
  CollectionSummary end() throws JobException {
    CollectionSummary summary =
        new CollectionSummary(config.name(), folder.directory(), done(), seconds());
    if (folder.first(Kind.END).isEmpty()) {
      append(Kind.END, JobFolder.object(), JobFolder.object());
    }
    ObjectNode json = JobFolder.object();
    json.put("name", summary.name());
    json.put("journal_digest", folder.digest());
    ObjectNode sets = json.putObject("sets");
    summary.sets().forEach((name, set) -> sets.set(name, data(set)));
    json.set(SECONDS, JournalText.mapper().valueToTree(summary.seconds()));
    try {
      folder.write("summary.json", json);
    } catch (IOException e) {
      throw JobException.failed(e);
    }
    return summary;
  }

  private SortedMap<String, Double> seconds() {
    StageSeconds all = new StageSeconds();
    for (JournalLine line : folder.all(Kind.COLLECTED)) {
      line.machine()
          .path(SECONDS)
          .properties()
          .forEach(stage -> all.add(stage.getKey(), stage.getValue().asDouble()));
    }
    return all.all();
  }

  private void append(Kind kind, ObjectNode data, ObjectNode machine) throws JobException {
    try {
      folder.append(kind, data, machine);
    } catch (IOException e) {
      throw JobException.failed(e);
    }
  }
}
