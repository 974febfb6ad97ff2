package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.embedded.trainer.service.Job;
import io.rewarddance.embedded.trainer.service.Submission;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.proto.training.UpdateReference;
import io.rewarddance.rollout.digest.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an update's rollout file in, as the request's body or by reference, and submits it. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final long LARGEST_REFERENCE = 1 << 16;

  private final Vertx vertx;
  private final UpdateService service;
  private final Path directory;
  private final long largestBody;
  private final FileReference references;

  /**
   * @param directory for bodies while they are worked on; what an earlier process left is deleted
   */
  Intake(
      Vertx vertx,
      UpdateService service,
      Path directory,
      long largestBody,
      FileReference references)
      throws IOException {
    this.vertx = vertx;
    this.service = service;
    this.directory = directory;
    this.largestBody = largestBody;
    this.references = references;
    Files.createDirectories(directory);
    try (Stream<Path> left = Files.list(directory)) {
      left.forEach(Intake::delete);
    }
  }

  /** The update that the request asks for, started or known. */
  Future<Job> take(RoutingContext context, String run, int iteration) {
    HttpServerRequest request = context.request();
    String type = String.valueOf(request.getHeader("content-type")).split(";")[0].strip();
    return switch (type) {
      case "application/json" -> reference(request, run, iteration);
      case "application/octet-stream", "application/x-hdf5" -> body(request, run, iteration);
      default ->
          Future.failedFuture(
              new FaultException(
                  Fault.BAD_REQUEST,
                  "content-type: "
                      + type
                      + " (expected: application/octet-stream, or application/json for a"
                      + " reference)"));
    };
  }

  private Future<Job> reference(HttpServerRequest request, String run, int iteration) {
    return bodyFile(request, LARGEST_REFERENCE)
        .compose(
            file ->
                vertx.executeBlocking(
                    () -> {
                      String json = Files.readString(file);
                      delete(file);
                      UpdateReference reference = references.parse(json);
                      String digest = reference.sha256();
                      Optional<Job> known = service.known(run, iteration, digest);
                      if (known.isPresent()) {
                        return known.get();
                      }
                      Path path = references.resolve(reference.uri());
                      return service.submit(new Submission(run, iteration, digest, path), () -> {});
                    },
                    false));
  }

  private Future<Job> body(HttpServerRequest request, String run, int iteration) {
    return bodyFile(request, largestBody)
        .compose(
            file ->
                vertx.executeBlocking(
                    () ->
                        service.submit(
                            new Submission(run, iteration, Sha256.of(file), file),
                            () -> delete(file)),
                    false));
  }

  private Future<Path> bodyFile(HttpServerRequest request, long limit) {
    Path file = directory.resolve(UUID.randomUUID() + ".h5");
    request.pause();
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setRead(false))
        .compose(open -> Upload.to(file, request, open, limit))
        .onFailure(failure -> delete(file));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{}: not deleted: {}", file, e.toString());
    }
  }
}
