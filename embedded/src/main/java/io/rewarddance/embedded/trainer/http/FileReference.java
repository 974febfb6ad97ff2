package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Turns a reference to a rollout file into its path, if it lies where files may be read. */
final class FileReference {
  private static final String DIGEST = "[0-9a-f]{64}";

  private final List<Path> roots;

  FileReference(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  UpdateReference parse(String json) {
    try {
      UpdateReference reference = TrainingJson.read(json, UpdateReference.class);
      if (reference.sha256() == null || !reference.sha256().matches(DIGEST)) {
        throw new IllegalArgumentException(
            "sha256: " + reference.sha256() + " (expected: 64 lower-case hex digits)");
      }
      return reference;
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /** The real path of the file, links resolved. */
  Path resolve(UpdateReference reference) {
    Path path = local(reference.uri());
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
