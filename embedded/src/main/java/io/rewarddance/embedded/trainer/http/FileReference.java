package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Turns a reference to a file into its path, if it lies where files may be read. */
final class FileReference {
  private static final String DIGEST = "[0-9a-f]{64}";

  private final List<Path> roots;

  FileReference(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  UpdateReference parse(String json) {
    try {
      UpdateReference reference = TrainingJson.read(json, UpdateReference.class);
      requireDigest("sha256", reference.sha256());
      return reference;
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException naming what is no digest
   */
  static void requireDigest(String name, String sha256) {
    if (sha256 == null || !sha256.matches(DIGEST)) {
      throw new IllegalArgumentException(
          name + ": " + sha256 + " (expected: 64 lower-case hex digits)");
    }
  }

  /** The real path of a file or directory, links resolved. */
  Path resolve(String uri) {
    Path path = local(uri);
    try {
      Path real = path.toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return real;
        }
      }
    } catch (IOException e) {
      throw new FaultException(Fault.BAD_FILE, "uri: " + path + ": not readable: " + e, e);
    }
    throw new FaultException(
        Fault.FORBIDDEN, "uri: " + path + " (expected: a file under one of " + roots + ")");
  }

  private static Path local(String uri) {
    try {
      URI parsed = URI.create(uri);
      if ("file".equals(parsed.getScheme())) {
        return Path.of(parsed);
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      // Said below, like any other URI that is none of a file.
    }
    throw new FaultException(Fault.BAD_REQUEST, "uri: " + uri + " (expected: file:///...)");
  }
}
