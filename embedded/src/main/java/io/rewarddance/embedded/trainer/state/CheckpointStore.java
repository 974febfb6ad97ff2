package io.rewarddance.embedded.trainer.state;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of checkpoints, {@code checkpoint-VERSION-SHA256.safetensors}: weights, optimizer
 * state and results of one state in one file, written beside, flushed and renamed. The name holds
 * the content's digest, so a damaged file is known for one and never read. The newest few are kept.
 */
public final class CheckpointStore<S> {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final Pattern NAME =
      Pattern.compile("checkpoint-(\\d{9})-([0-9a-f]{64})\\.safetensors");
  private static final String TEMPORARY = "checkpoint.tmp";

  private final Path directory;
  private final Disk disk;
  private final int kept;
  private final CheckpointFormat<S> format;

  /**
   * @param directory exists already
   * @param kept how many checkpoints stay, at least 1
   * @param format how a state becomes a file
   */
  public CheckpointStore(Path directory, Disk disk, int kept, CheckpointFormat<S> format) {
    if (kept < 1) {
      throw new IllegalArgumentException("keptCheckpoints: " + kept + " (expected: >= 1)");
    }
    this.directory = directory;
    this.disk = disk;
    this.kept = kept;
    this.format = format;
  }

  /** Makes a state durable, then forgets what is older than the newest few. */
  public void save(S state) throws IOException {
    byte[] bytes = format.encode(state);
    Path temporary = directory.resolve(TEMPORARY);
    disk.write(temporary, bytes);
    disk.sync(temporary);
    disk.rename(temporary, directory.resolve(name(format.version(state), Sha256.of(bytes))));
    disk.syncDirectory(directory);
    forgetOlder();
  }

  /**
   * The newest whole checkpoint; damaged ones are passed over with a warning.
   *
   * @throws CheckpointException when it isn't one to go on from
   */
  public Optional<S> newest() throws IOException {
    List<Saved> saved = saved();
    for (int i = saved.size() - 1; i >= 0; i--) {
      Optional<S> state = read(saved.get(i));
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  /** The state of a version, when it is still kept and whole. */
  public Optional<S> version(long version) throws IOException {
    for (Saved saved : saved()) {
      if (saved.version() == version) {
        return read(saved);
      }
    }
    return Optional.empty();
  }

  /** Versions that are kept, ascending. */
  public List<Long> versions() throws IOException {
    return saved().stream().map(Saved::version).toList();
  }

  /**
   * Forgets every version after this one, the newest first: wherever it is cut off, the newest that
   * is left is a whole state of the past.
   */
  public void forgetAfter(long version) throws IOException {
    List<Saved> saved = saved();
    for (int i = saved.size() - 1; i >= 0 && saved.get(i).version() > version; i--) {
      disk.delete(saved.get(i).file());
      disk.syncDirectory(directory);
    }
  }

  private void forgetOlder() throws IOException {
    List<Saved> saved = saved();
    for (int i = 0; i < saved.size() - kept; i++) {
      disk.delete(saved.get(i).file());
    }
  }

  private Optional<S> read(Saved saved) throws IOException {
    byte[] bytes = disk.read(saved.file());
    if (!Sha256.of(bytes).equals(saved.sha256())) {
      LOG.warn("{}: damaged, its digest isn't the one in its name; not used", saved.file());
      return Optional.empty();
    }
    return Optional.of(format.decode(bytes, saved.file().toString()));
  }

  /** A checkpoint's file, by its name alone. */
  private record Saved(Path file, long version, String sha256) {}

  private List<Saved> saved() throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        saved.add(new Saved(file, Long.parseLong(name.group(1)), name.group(2)));
      }
    }
    return saved;
  }

  private static String name(long version, String sha256) {
    return "checkpoint-%09d-%s.safetensors".formatted(version, sha256);
  }
}
