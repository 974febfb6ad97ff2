package io.rewarddance.driver.cli;

import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.picture.PngReader;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The images that a command line names. */
final class ImageFiles {
  private static final int VIDEO_AXES = 4;

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

  /** Reads an image that an input of a model takes, or a video as its frames side by side. */
  static Pixels read(Path file, ServedModel model, String input) throws Complaint {
    Image sheet;
    try {
      sheet = PngReader.read(file);
    } catch (IOException e) {
      throw Complaint.usage(e);
    }
    List<Long> wanted = model.input(input).map(ServedTensor::dimensions).orElse(List.of());
    boolean video = wanted.size() == VIDEO_AXES && wanted.get(0) > 0;
    int frames = video ? Math.toIntExact(wanted.get(0)) : 1;
    List<Long> sizes = wanted.subList(Math.max(0, wanted.size() - 3), wanted.size());
    boolean fits =
        sizes.size() < 3
            || sheet.width() % frames == 0
                && fits(sizes.get(0), sheet.height())
                && fits(sizes.get(1), sheet.width() / frames);
    if (!fits) {
      throw Complaint.usage(
          "%s: height %d, width %d (expected: height %s, width %s, as '%s' takes them)"
              .formatted(
                  file,
                  sheet.height(),
                  sheet.width(),
                  size(sizes.get(0)),
                  (video ? frames + " frames side by side of " : "") + size(sizes.get(1)),
                  model.name()));
    }
    return video ? Video.ofSheet(sheet, frames) : sheet;
  }

  private static boolean fits(long wanted, int size) {
    return wanted < 0 || wanted == size;
  }

  private static String size(long wanted) {
    return wanted < 0 ? "any" : Long.toString(wanted);
  }
}
