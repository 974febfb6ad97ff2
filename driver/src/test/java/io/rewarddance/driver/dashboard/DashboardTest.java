package io.rewarddance.driver.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.testing.RecordedRun;
import io.rewarddance.driver.testing.SteeredRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class DashboardTest {
  @TempDir Path temporary;
  private final HttpClient http = HttpClient.newHttpClient();
  private RunHistory history;
  private RunFeed feed;
  private Dashboard dashboard;

  @BeforeEach
  void serve() throws IOException {
    RecordedRun run = new RecordedRun(temporary.resolve("quickstart"));
    history = run.finished();
    feed = new RunFeed(Optional.of(run.killed(10)));
    feed.planned(history.plan());
    dashboard = Dashboard.start("127.0.0.1", 0, feed, new SteeredRun());
  }

  @AfterEach
  void close() {
    dashboard.close();
  }

  private HttpResponse<InputStream> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + dashboard.port() + path);
    return http.send(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private String text(String path) throws Exception {
    return new String(get(path).body().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void thePageNeedsNobodyElse() throws Exception {
    assertThat(text("/")).contains("new EventSource(\"events\")").doesNotContain("http:", "https:");
  }

  @Test
  void aBrowserGetsWhatWasAndWhatComes() throws Exception {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(get("/events").body(), StandardCharsets.UTF_8))) {
      assertThat(read(lines, "plan")).contains("\"run\":\"quickstart\"");
      for (int i = 0; i < 10; i++) {
        assertThat(read(lines, "iteration")).startsWith("{\"iteration\":" + i + ",");
      }
      assertThat(read(lines, "evaluation")).contains("\"gold_strict\":{").contains("0.203");
      feed.iterationFinished(history.iterations().get(10));
      assertThat(read(lines, "iteration")).startsWith("{\"iteration\":10,").contains("\"p_yes\"");
    }
  }

  private static String read(BufferedReader lines, String event) throws IOException {
    String line = lines.readLine();
    while (!line.equals("event: " + event)) {
      line = lines.readLine();
    }
    return lines.readLine().substring("data: ".length());
  }

  @Test
  void prometheusSeesTheLastIterationAndSums() throws Exception {
    assertThat(text("/metrics"))
        .contains("rewarddance_iterations_done 10.0")
        .contains("rewarddance_count_total{name=\"rollouts\"} 1440.0")
        .containsPattern("rewarddance_metric\\{name=\"p_yes\"} 0\\.\\d+");
    feed.iterationFinished(history.iterations().get(10));
    assertThat(text("/metrics")).contains("rewarddance_count_total{name=\"rollouts\"} 1584.0");
  }

  @Test
  void nothingCanBeChangedThroughIt() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + dashboard.port() + "/");
    HttpRequest post =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }

  @Test
  void aTakenPortIsAnError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Dashboard.start("127.0.0.1", dashboard.port(), feed, new SteeredRun()));
  }
}
