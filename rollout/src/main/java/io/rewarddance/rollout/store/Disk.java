package io.rewarddance.rollout.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** How writing to a file system fails. */
public final class Disk {
  /** Java has no error numbers: these are the systems' texts for a full disk or quota. */
  private static final List<String> FULL =
      List.of("no space left", "not enough space", "disk quota exceeded");

  private Disk() {}

  /**
   * Deletes a file and frees its space at once: jHDF leaves its channel open when writing fails,
   * and an open file keeps its blocks. A failure to do so is attached to {@code reason}.
   */
  public static void deleteQuietly(Path path, Exception reason) {
    try {
      if (Files.exists(path)) {
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
        Files.delete(path);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The failure to write {@code path} as a typed one. */
  public static StoreException classed(Path path, Exception failure) {
    if (failure instanceof StoreException typed) {
      return typed;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && saysFull(cause.getMessage())) {
        return new StoreFullException(path, "disk full: " + cause.getMessage(), failure);
      }
    }
    return new StoreFailedException(path, "not written: " + failure.getMessage(), failure);
  }

  private static boolean saysFull(String message) {
    return message != null && FULL.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains);
  }
}
