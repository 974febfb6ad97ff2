package io.rewarddance.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.testing.RecordedRun;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportFilesTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  @TempDir Path temporary;
  private Path directory;
  private RecordedRun run;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectories(temporary.resolve("quickstart"));
    Files.writeString(directory.resolve("config.yaml"), "run: <quickstart>\n");
    run = new RecordedRun(directory);
  }

  private String report(RunHistory history) throws IOException {
    ReportFiles.write(directory, history);
    return Files.readString(directory.resolve(ReportFiles.REPORT));
  }

  private JsonNode summary(RunHistory history) throws IOException {
    ReportFiles.write(directory, history);
    return JsonMapper.shared().readTree(Files.readString(directory.resolve(ReportFiles.SUMMARY)));
  }

  @Test
  void theSummaryHasWhatAFinishedRunPromises() throws IOException {
    JsonNode summary = summary(run.finished());
    assertThat(summary.get("run").asString()).isEqualTo("quickstart");
    assertThat(summary.get("state").asString()).isEqualTo("finished");
    assertThat(summary.get("iterations").asInt()).isEqualTo(40);
    assertThat(summary.get("policy_version").asInt()).isEqualTo(41);
    assertThat(summary.get("policy_digest").asString()).hasSize(64);
    assertThat(summary.at("/gold_before/mean").asDouble()).isEqualTo(0.203);
    assertThat(summary.at("/gold_after/n").asInt()).isEqualTo(600);
    assertThat(summary.at("/gold_after/low").asDouble())
        .isGreaterThan(summary.at("/gold_before/high").asDouble());
    assertThat(summary.get("p_yes_after").asDouble()).isEqualTo(0.603);
    assertThat(summary.get("reward_sigma_late").asDouble()).isBetween(0.28, 0.31);
    assertThat(summary.get("seconds").propertyNames())
        .contains("total", "start", "generate", "judge", "store", "update", "publish")
        .contains("evaluate", "paused", "driver");
    assertThat(summary.at("/counts/rollouts").asLong()).isEqualTo(40 * 144);
    assertThat(summary.at("/counts/judge_failures").asLong()).isEqualTo(1);
    assertThat(summary.at("/counts/failure.JUDGE_TIMEOUT").asLong()).isEqualTo(1);
    assertThat(summary.at("/counts/groups_set_aside").asLong()).isEqualTo(6);
    assertThat(summary.at("/counts/updates").asLong()).isEqualTo(40);
    assertThat(summary.at("/hacking/state").asString()).isEqualTo("warn");
    assertThat(summary.at("/hacking/findings")).hasSize(1);
    assertThat(summary.at("/drawing_after").propertyNames())
        .containsExactly("diversity", "grain", "template_fit");
  }

  @Test
  void judgesThatFailedAndWereLeftOutAreListedByName() throws IOException {
    assertThat(report(run.finished()))
        .contains("<td>failures of judge fine_style</td><td>3</td>")
        .contains("<td>without judge fine_style</td><td>12</td>")
        .contains("<td>left out</td><td>12</td>");
    assertThat(summary(run.finished()).at("/counts/left_out.fine_style").asLong()).isEqualTo(12);
  }

  @Test
  void everyKeyIsThereEvenWhenNothingWasMeasured() throws IOException {
    JsonNode failed = summary(run.failedAtOnce("the judge died"));
    assertThat(failed.propertyNames())
        .containsExactlyElementsOf(summary(run.finished()).propertyNames());
    assertThat(failed.get("gold_before").isNull()).isTrue();
    assertThat(failed.get("p_yes_after").isNull()).isTrue();
    assertThat(failed.get("reason").asString()).isEqualTo("the judge died");
    assertThat(failed.at("/counts/rollouts").asLong()).isZero();
  }

  @Test
  void thePageAsksNobodyForAnything() throws IOException {
    assertThat(report(run.finished()))
        .doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?(?!data:)[a-z/.]")
        .doesNotContain("http:", "https:", "@import", "url(", "<script");
  }

  @Test
  void everyDrawingIsWellFormed() throws Exception {
    Matcher drawings = SVG.matcher(report(run.finished()));
    int count = 0;
    while (drawings.find()) {
      String svg = drawings.group();
      assertThatNoException()
          .isThrownBy(
              () ->
                  DocumentBuilderFactory.newInstance()
                      .newDocumentBuilder()
                      .parse(new InputSource(new StringReader(svg))));
      assertThat(svg).doesNotContain("NaN", "Infinity");
      count++;
    }
    assertThat(count).isEqualTo(1 + 12);
  }

  @Test
  void picturesComeInPairsWithMarks() throws IOException {
    String page = report(run.finished());
    assertThat(page.split("data:image/png;base64,", -1)).hasSize(1 + 48);
    assertThat(page).contains("class=\"shot right\"", "class=\"shot wrong\"");
  }

  @Test
  void aLostPictureIsSaidAndNotAnError() throws IOException {
    RunHistory history = run.finished();
    Files.delete(directory.resolve("samples/after-3.png"));
    Files.writeString(directory.resolve("samples/after-4.png"), "no picture");
    assertThat(report(history).split("no image", -1)).hasSize(1 + 2);
  }

  @Test
  void aKilledRunHasAReportOfWhatThereIs() throws IOException {
    String page = report(run.killed(12));
    assertThat(page).contains("Not ended when this page was made: 12 of 40 iterations so far.");
    assertThat(page).contains("20.3 %").doesNotContain("points;");
  }

  @Test
  void aKilledRunShowsItsLatestProbe() throws IOException {
    assertThat(report(run.killed(20)))
        .contains("Latest probe, after 15 iterations: 35.0 % (95 %: 22.9 to 47.1, 60 images).");
  }

  @Test
  void aFailureIsShownWithItsReasonEscaped() throws IOException {
    assertThat(report(run.failedAtOnce("<img src=x>")))
        .contains("Reason: &lt;img src=x&gt;.")
        .contains("run: &lt;quickstart&gt;")
        .doesNotContain("<img src=x>");
  }
}
