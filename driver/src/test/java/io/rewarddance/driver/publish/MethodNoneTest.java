package io.rewarddance.driver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.triton.ModelControl;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The run writes weights, somebody else puts them into service. */
@Timeout(30)
final class MethodNoneTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  @TempDir Path root;
  private Site site;
  private Song before;
  private PolicyRef next;

  @BeforeEach
  void open() throws IOException {
    site = new Site(root);
    before = site.song();
    next = Site.policy(2);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void somebodyElsePublishes() throws IOException {
    site.directories.install(2, site.policies.ensure(next, site::download));
    for (ModelControl control : site.client.controls()) {
      control.load("generator", PATIENT).join();
    }
  }

  @Test
  void thePolicyIsAwaitedAndProven() throws IOException {
    somebodyElsePublishes();
    int loads = site.first.loads();
    Song song = site.watcher(PATIENT).publish(next, before.policy(), before);
    assertThat(song).isEqualTo(site.song());
    assertThat(song.policy()).isEqualTo(next);
    assertThat(site.first.loads()).isEqualTo(loads);
    assertThat(site.watcher(PATIENT).restore(next)).isEqualTo(song);
  }

  @Test
  void weightsAreReadyForWhoeverPublishesThem() throws IOException {
    Publisher impatient = site.watcher(Duration.ofNanos(1));
    assertThatThrownBy(() -> impatient.publish(next, before.policy(), before))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CANARY_MISMATCH))
        .hasMessageContaining(site.first.endpoint());
    assertThat(site.policies.weights(2)).hasContent("weights 2");
    assertThat(site.entries()).containsExactly("1");
  }

  @Test
  void aPolicyThatIsOnlyClaimedIsNoticed() throws IOException {
    site.first.drawWith(digest -> before.policy().digest());
    site.second.drawWith(digest -> before.policy().digest());
    Song old = site.song();
    somebodyElsePublishes();
    assertThatThrownBy(() -> site.watcher(PATIENT).publish(next, old.policy(), old))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("canary: latents: ");
  }
}
