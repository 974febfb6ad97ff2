package io.rewarddance.driver.judges;

import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.journal.Journal;
import io.rewarddance.driver.journal.JournalException;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.JournalReader;
import io.rewarddance.driver.journal.JournalText;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job's directory: {@code config.yaml}, {@code journal.jsonl} and whatever the job puts there.
 * Opening it again goes on with what the journal holds, if settings and inputs are still the same.
 */
public final class JobFolder implements AutoCloseable {
  private static final String CONFIG = "config.yaml";
  private static final String JOURNAL = "journal.jsonl";

  private final Path directory;
  private final Journal journal;
  private final List<JournalLine> lines;

  private JobFolder(Path directory, Journal journal, List<JournalLine> lines) {
    this.directory = directory;
    this.journal = journal;
    this.lines = new ArrayList<>(lines);
  }

  /**
   * Makes the directory, or goes on in it.
   *
   * @param inputs what the job's result depends on beside its settings, such as digests of files
   * @throws JobException when it belongs to other settings or inputs, or somebody is at work there
   */
  public static JobFolder open(Path directory, SettingsFile<?> file, ObjectNode inputs)
      throws JobException {
    try {
      Path journal = directory.resolve(JOURNAL);
      boolean begun = Files.exists(journal);
      if (begun) {
        JobSettings.requireSame(directory.resolve(CONFIG), file.yaml());
      } else {
        Files.createDirectories(directory);
        byte[] settings = file.yaml().getBytes(StandardCharsets.UTF_8);
        Durable.write(directory.resolve(CONFIG), settings);
      }
      return begun ? resumed(directory, journal, inputs) : fresh(directory, journal, inputs);
    } catch (JournalException e) {
      throw JobException.refused(e);
    } catch (IOException e) {
      throw JobException.failed(e);
    }
  }

  private static JobFolder fresh(Path directory, Path path, ObjectNode inputs) throws IOException {
    JobFolder folder = new JobFolder(directory, Journal.create(path), List.of());
    folder.append(Kind.START, inputs, object());
    return folder;
  }

  private static JobFolder resumed(Path directory, Path path, ObjectNode inputs)
      throws IOException, JobException {
    JournalReader.Content content = JournalReader.read(path);
    JobFolder folder = new JobFolder(directory, Journal.append(path, content), content.lines());
    boolean kept = false;
    try {
      Optional<JournalLine> start = folder.first(Kind.START);
      if (start.isEmpty()) {
        folder.append(Kind.START, inputs, object());
      } else {
        JobSettings.requireSameInputs(directory, start.get().data(), inputs);
        if (folder.first(Kind.END).isEmpty()) {
          folder.append(Kind.NOTE, object().put("resumed", true), object());
        }
      }
      kept = true;
      return folder;
    } finally {
      if (!kept) {
        folder.close();
      }
    }
  }

  /** What tells this job from others, wherever it leaves something. */
  public static String identity(SettingsFile<?> file, ObjectNode inputs) {
    return JobSettings.digest(file.yaml(), inputs);
  }

  /** An empty object for a line. */
  public static ObjectNode object() {
    return JournalText.mapper().createObjectNode();
  }

  /** Writes a JSON file for people and programs. */
  public void write(String name, ObjectNode json) throws IOException {
    String text = JournalText.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
    Durable.write(directory.resolve(name), (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public Path directory() {
    return directory;
  }

  /** Lines of a kind, oldest first. */
  public List<JournalLine> all(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).toList();
  }

  public Optional<JournalLine> first(Kind kind) {
    return all(kind).stream().findFirst();
  }

  /** The digest of everything in the journal that equal jobs have in common. */
  public String digest() {
    return journal.digest();
  }

  /**
   * Writes a line; it is on disk when this returns.
   *
   * @param machine what may differ between equal jobs
   */
  public void append(Kind kind, ObjectNode data, ObjectNode machine) throws IOException {
    lines.add(journal.append(kind, data, machine));
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
