package io.rewarddance.driver.config;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where relative paths of an experiment file start: the closest directory at or above the file that
 * holds {@code triton-models} or {@code .git}; without one, the file's own directory. So a file
 * means the same whatever the working directory, and can be copied between the folders of a
 * project.
 */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** The root for a file or directory, which need not exist. */
  public static Path of(Path start) {
    Path absolute = start.toAbsolutePath().normalize();
    Path own = Files.isDirectory(absolute) ? absolute : absolute.getParent();
    for (Path at = own; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("triton-models")) || Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return own;
  }
}
