package io.rewarddance.embedded.trainer.http;

import io.rewarddance.proto.training.TrainingJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A blocking client for tests, over Vert.x. */
final class Calls implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final int port;

  Calls(int port) {
    this.port = port;
  }

  record Answer(int status, Map<String, String> headers, Buffer body) {
    <T> T as(Class<T> type) {
      return TrainingJson.read(body.toString(), type);
    }
  }

  Answer get(String path) throws Exception {
    return call(HttpMethod.GET, path, Map.of(), null);
  }

  Answer post(String path, String type, byte[] body) throws Exception {
    return call(HttpMethod.POST, path, Map.of("content-type", type), Buffer.buffer(body));
  }

  Answer call(HttpMethod method, String path, Map<String, String> headers, Buffer body)
      throws Exception {
    return client
        .request(method, port, "127.0.0.1", path)
        .compose(request -> send(request, headers, body))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static io.vertx.core.Future<Answer> send(
      HttpClientRequest request, Map<String, String> headers, Buffer body) {
    headers.forEach(request::putHeader);
    return (body == null ? request.send() : request.send(body))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        bytes -> {
                          Map<String, String> given = new java.util.TreeMap<>();
                          response
                              .headers()
                              .forEach(
                                  h ->
                                      given.put(
                                          h.getKey().toLowerCase(java.util.Locale.ROOT),
                                          h.getValue()));
                          return new Answer(response.statusCode(), given, bytes);
                        }));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
