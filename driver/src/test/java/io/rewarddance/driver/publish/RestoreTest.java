package io.rewarddance.driver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.rollout.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Version 2 is the journal's; a killed process was on its way to version 3. */
@Timeout(30)
final class RestoreTest {
  @TempDir Path root;
  private Site site;
  private Song song;

  /** What a killed process left. */
  private interface Leftover {
    void leave(Site site) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    site = new Site(root);
    song = site.publishUpTo(2);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static void partly(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("deep"));
    Files.writeString(directory.resolve(PolicyStore.WEIGHTS), "weig");
  }

  private static void install(Site site, long version) throws IOException {
    site.directories.install(version, site.policies.ensure(Site.policy(version), site::download));
  }

  private static void load(ModelControl control) {
    control.load("generator", Duration.ofSeconds(20)).join();
  }

  private static Arguments killed(String where, Leftover leftover) {
    return Arguments.of(where, leftover);
  }

  static List<Arguments> leftovers() {
    return List.of(
        killed("before anything", site -> {}),
        killed(
            "while it downloaded",
            site -> {
              Files.createDirectories(site.policies.weights(3).getParent());
              Files.writeString(
                  site.policies.weights(3).resolveSibling(".weights.safetensors.tmp"), "weig");
            }),
        killed("after the download", site -> site.policies.ensure(Site.policy(3), site::download)),
        killed("while it built the version", site -> partly(site.model.resolve(".publish-3"))),
        killed("after the version had its name", site -> install(site, 3)),
        killed(
            "after one endpoint had loaded",
            site -> {
              install(site, 3);
              load(site.client.controls().get(0));
            }),
        killed(
            "after all endpoints had loaded",
            site -> {
              install(site, 3);
              site.client.controls().forEach(RestoreTest::load);
            }),
        killed(
            "while it pruned",
            site -> {
              site.publishUpTo(3);
              partly(site.model.resolve(".removed-1"));
            }),
        killed(
            "while it took the new version back",
            site -> {
              install(site, 3);
              site.client.controls().forEach(RestoreTest::load);
              Files.move(site.model.resolve("3"), site.model.resolve(".removed-3"));
            }),
        killed(
            "between the two renames of a version that was there",
            site -> {
              install(site, 3);
              Files.move(site.model.resolve("2"), site.model.resolve(".removed-2"));
            }),
        killed(
            "with a version whose weights were harmed since",
            site -> {
              Files.delete(site.model.resolve("2").resolve(PolicyStore.WEIGHTS));
              Files.writeString(site.model.resolve("2").resolve(PolicyStore.WEIGHTS), "weird");
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leftovers")
  void whereverItWasKilled(String where, Leftover leftover) throws IOException {
    leftover.leave(site);
    assertThat(site.publisher().restore(song.policy())).isEqualTo(song);
    assertThat(site.first.live()).isEqualTo(song.policy());
    assertThat(site.second.live()).isEqualTo(song.policy());
    assertThat(site.entries().last()).isEqualTo("2");
    assertThat(site.entries()).noneMatch(name -> name.startsWith("."));
    assertThat(site.directories.directory(2).resolve("deep/er/tokens.txt")).hasContent("tokens");
    Song next = site.publisher().publish(Site.policy(3), song.policy(), song);
    assertThat(next.policy()).isEqualTo(Site.policy(3));
  }

  @Test
  void anEndpointThatCannotBeBroughtBackIsNamed() throws IOException {
    install(site, 3);
    load(site.client.controls().get(1));
    site.second.ignoreLoads(true);
    assertThatThrownBy(() -> site.publisher().restore(song.policy()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.PUBLISH_ERROR))
        .hasMessageContaining(site.second.endpoint() + ": version 2 isn't ready");
  }

  @Test
  void liveIsWhatAllEndpointsSay() throws IOException {
    assertThat(site.song()).isEqualTo(song);
    install(site, 3);
    load(site.client.controls().get(1));
    assertThatThrownBy(site::song)
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("canary at " + site.second.endpoint())
        .hasMessageContaining(Site.policy(3).toString());
  }
}
