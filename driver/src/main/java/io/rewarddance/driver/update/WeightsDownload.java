package io.rewarddance.driver.update;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Brings a body to a file. Each attempt has a file of its own: an attempt that nobody waits for any
 * more may still be writing when the next one starts.
 */
final class WeightsDownload implements BackendCall.Attempt<Void> {
  private static final int MOST_TEXT = 4096;

  private final Vertx vertx;
  private final Supplier<HttpRequest<Buffer>> request;
  private final Path target;
  private volatile Path part;
  private int attempts;

  WeightsDownload(Vertx vertx, Supplier<HttpRequest<Buffer>> request, Path target) {
    this.vertx = vertx;
    this.request = request;
    this.target = target;
  }

  @Override
  public Future<HttpResponse<Void>> send(Duration limit) {
    Path own = target.resolveSibling(target.getFileName() + ".part" + attempts++);
    part = own;
    HttpRequest<Buffer> get = request.get().timeout(limit.toMillis());
    return vertx
        .fileSystem()
        .open(own.toString(), new OpenOptions().setTruncateExisting(true))
        .compose(file -> pipe(get, file))
        .onComplete(
            done -> {
              if (done.failed() || !own.equals(part)) {
                vertx.fileSystem().delete(own.toString());
              }
            });
  }

  private static Future<HttpResponse<Void>> pipe(HttpRequest<Buffer> get, AsyncFile file) {
    return get.as(BodyCodec.pipe(file)).send().onFailure(broken -> close(file));
  }

  /** The codec closes what it has begun to fill; before that it is left to us. */
  private static void close(AsyncFile file) {
    try {
      file.close();
    } catch (IllegalStateException closed) {
      // It had begun.
    }
  }

  /** The body of a refusal went to the file too. */
  @Override
  public String text(HttpResponse<Void> response) {
    try (InputStream body = Files.newInputStream(part)) {
      return new String(body.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    } finally {
      discard();
    }
  }

  /** Puts what the last attempt brought where it belongs. */
  void keep() {
    try {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(target + " can't be written", e);
    }
  }

  private void discard() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(part + " can't be deleted", e);
    }
  }
}
