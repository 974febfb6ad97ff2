package io.rewarddance.driver.cli;

import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.picture.PngReader;
import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The images that a command line names. */
final class ImageFiles {
  private ImageFiles() {}

  /** Files as they are; of a directory its PNG files, by name. */
  static List<Path> expand(List<Path> named) throws Complaint {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(inside(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> inside(Path directory) throws Complaint {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> found =
          entries
              .filter(f -> f.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw Complaint.usage(directory + ": no PNG file in it (expected: at least one)");
      }
      return found;
    } catch (IOException e) {
      throw Complaint.usage(directory + ": can't be read: " + e.getMessage());
    }
  }

  /** Reads an image that an input of a model takes. */
  static Image read(Path file, ServedModel model, String input) throws Complaint {
    Image image;
    try {
      image = PngReader.read(file);
    } catch (IOException e) {
      throw Complaint.usage(e);
    }
    List<Long> wanted = model.input(input).map(ServedTensor::dimensions).orElse(List.of());
    if (wanted.size() == 3
        && !(fits(wanted.get(0), image.height()) && fits(wanted.get(1), image.width()))) {
      throw Complaint.usage(
          "%s: height %d, width %d (expected: height %s, width %s, as '%s' takes them)"
              .formatted(
                  file,
                  image.height(),
                  image.width(),
                  size(wanted.get(0)),
                  size(wanted.get(1)),
                  model.name()));
    }
    return image;
  }

  private static boolean fits(long wanted, int size) {
    return wanted < 0 || wanted == size;
  }

  private static String size(long wanted) {
    return wanted < 0 ? "any" : Long.toString(wanted);
  }
}
