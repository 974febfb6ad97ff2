package io.rewarddance.driver.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a directory can be written to, and has room. */
final class Storage {
  private static final double GIB = 1L << 30;

  private Storage() {}

  /**
   * @param directory need not exist; the closest one above it that does is looked at
   * @param wantedGib room that is needed
   */
  static Finding look(String name, Path directory, double wantedGib) {
    Path there = directory.toAbsolutePath().normalize();
    while (!Files.isDirectory(there)) {
      there = there.getParent();
    }
    try {
      Path probe = Files.createTempFile(there, ".rewarddance", null);
      Files.delete(probe);
      double free = Files.getFileStore(there).getUsableSpace() / GIB;
      String detail = String.format(Locale.ROOT, "%.1f GiB free for %s", free, directory);
      return free >= wantedGib
          ? Finding.ok(name, detail)
          : Finding.problem(name, detail, "make room: about " + wantedGib + " GiB are needed");
    } catch (IOException e) {
      return Finding.problem(
          name, there + " can't be written to: " + e, "choose another directory");
    }
  }
}
