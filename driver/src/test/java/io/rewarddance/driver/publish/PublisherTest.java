package io.rewarddance.driver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class PublisherTest {
  @TempDir Path root;
  private Site site;
  private Song before;
  private PolicyRef current;
  private PolicyRef next;

  @BeforeEach
  void open() throws IOException {
    site = new Site(root);
    before = site.song();
    current = Site.policy(1);
    next = Site.policy(2);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Song publish() {
    return site.publisher().publish(next, current, before);
  }

  private static StepFailedException failure(ThrowingCallable call) {
    StepFailedException failure = catchThrowableOfType(StepFailedException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** The old policy is back on both endpoints, and on disk. */
  private void assertUndone(StepFailedException failure, FailureKind kind, String... parts)
      throws IOException {
    assertThat(failure.failure().kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContainingAll(parts);
    assertThat(failure).hasMessageNotContaining("not back");
    assertThat(site.first.live()).isEqualTo(current);
    assertThat(site.second.live()).isEqualTo(current);
    assertThat(site.entries()).containsExactly("1");
    assertThat(site.song()).isEqualTo(before);
  }

  @Test
  void whetherPublishingCanWorkIsFoundOutBeforehand() throws IOException {
    site.publisher().rehearse(current);
    assertThat(site.song()).isEqualTo(before);
    PolicyRef other = Site.policy(1, "other weights");
    assertThat(failure(() -> site.publisher().rehearse(other)))
        .hasMessageContainingAll(
            "PUBLISH_ERROR", "publish.directory", site.model + "/1", other.digest());
    site.second.refuse(1);
    assertThat(failure(() -> site.publisher().rehearse(current)))
        .hasMessageContainingAll("PUBLISH_ERROR", site.second.endpoint());
    assertThat(site.entries()).containsExactly("1");
  }

  @Test
  void aPolicyGoesIntoServiceOnEveryEndpoint() throws IOException {
    Song song = publish();
    assertThat(song.policy()).isEqualTo(next);
    assertThat(song.latents()).matches("[0-9a-f]{64}").isNotEqualTo(before.latents());
    assertThat(site.first.live()).isEqualTo(next);
    assertThat(site.second.live()).isEqualTo(next);
    assertThat(site.song()).isEqualTo(song);
    assertThat(site.entries()).containsExactly("1", "2");
    Path version = site.directories.directory(2);
    assertThat(version.resolve(PolicyStore.WEIGHTS)).hasContent("weights 2");
    assertThat(version.resolve("graph.onnx")).hasContent("graph");
    assertThat(version.resolve("deep/er/tokens.txt")).hasContent("tokens");
    assertThat(site.policies.weights(2)).hasContent("weights 2");
  }

  @Test
  void aRefusedLoadOnOneEndpointIsUndoneOnAll() throws IOException {
    site.second.refuse(2);
    StepFailedException failure = failure(this::publish);
    assertUndone(
        failure, FailureKind.PUBLISH_ERROR, site.second.endpoint(), "no version is available");
    assertThat(failure).hasMessageNotContaining(site.first.endpoint());
    site.second.refuse(0);
    assertThat(publish().policy()).isEqualTo(next);
    assertThat(site.downloads).containsExactly(2L);
  }

  /** As Triton does when it believes that nothing was modified. */
  @Test
  void aLoadThatDoesNothingIsNoticed() throws IOException {
    site.second.ignoreLoads(true);
    assertUndone(
        failure(this::publish),
        FailureKind.PUBLISH_ERROR,
        site.second.endpoint() + ": version 2 isn't ready after the load");
    assertThat(site.first.loads()).isEqualTo(2);
  }

  @Test
  void anAnswerOfAnotherDigestIsNoticed() throws IOException {
    PolicyRef other = Site.policy(2, "other weights");
    site.second.claim(loaded -> loaded.version() == 2 ? other : loaded);
    assertUndone(
        failure(this::publish),
        FailureKind.CANARY_MISMATCH,
        "canary: policy at " + site.second.endpoint() + ": " + other,
        "(expected: " + next + ")");
  }

  @Test
  void aServerThatClaimsTheNewPolicyAndDrawsWithTheOldIsNoticed() throws IOException {
    site.first.drawWith(digest -> current.digest());
    site.second.drawWith(digest -> current.digest());
    before = site.song();
    assertUndone(
        failure(this::publish),
        FailureKind.CANARY_MISMATCH,
        "canary: latents: " + before.latents(),
        "(expected: other than with weights " + current + ")");
  }

  @Test
  void endpointsThatDrawDifferentlyAreNoticed() throws IOException {
    site.second.drawWith(digest -> digest.equals(next.digest()) ? "a broken card" : digest);
    assertUndone(
        failure(this::publish),
        FailureKind.CANARY_MISMATCH,
        "canary: latents at " + site.second.endpoint());
  }

  @Test
  void theSameWeightsUnderANewVersionMustDrawTheSame() throws IOException {
    next = new PolicyRef(2, current.digest());
    site.spoilt = "weights 1";
    Song song = publish();
    assertThat(song.policy()).isEqualTo(next);
    assertThat(song.latents()).isEqualTo(before.latents());
  }

  @Test
  void theSameWeightsThatDrawDifferentlyAreNoticed() throws IOException {
    next = new PolicyRef(2, current.digest());
    site.spoilt = "weights 1";
    Song another = new Song(current, "0".repeat(64));
    StepFailedException failure = failure(() -> site.publisher().publish(next, current, another));
    assertUndone(
        failure, FailureKind.CANARY_MISMATCH, "(expected: as with weights " + current + ")");
  }

  @Test
  void anEndpointThatIsGoneIsNamedAsNotPutBack() throws IOException {
    site.second.close();
    StepFailedException failure = failure(this::publish);
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.PUBLISH_ERROR);
    assertThat(failure)
        .hasMessageContaining("and " + current + " is not back everywhere: ")
        .hasMessageContaining(site.second.endpoint())
        .hasMessageNotContaining(site.first.endpoint());
    assertThat(site.first.live()).isEqualTo(current);
    assertThat(site.entries()).containsExactly("1");
  }

  @Test
  void doingItAgainChangesNothing() throws IOException {
    Song song = publish();
    assertThat(publish()).isEqualTo(song);
    assertThat(site.entries()).containsExactly("1", "2");
    assertThat(site.downloads).containsExactly(2L);
  }

  @Test
  void aHalfDonePublicationIsDoneAgain() throws IOException {
    Path partial = Files.createDirectories(site.model.resolve(".publish-2"));
    Files.writeString(partial.resolve("graph.onnx"), "gra");
    Files.createDirectories(site.policies.weights(2).getParent());
    Files.writeString(site.policies.weights(2).resolveSibling(".weights.safetensors.tmp"), "weig");
    assertThat(publish().policy()).isEqualTo(next);
    assertThat(site.entries()).containsExactly("1", "2");
    assertThat(site.directories.directory(2).resolve("graph.onnx")).hasContent("graph");
  }

  @Test
  void aVersionOfOtherWeightsIsReplaced() throws IOException {
    Path stale = Files.createDirectories(site.directories.directory(2));
    Files.writeString(stale.resolve(PolicyStore.WEIGHTS), "weights of another time");
    assertThat(publish().policy()).isEqualTo(next);
    assertThat(stale.resolve(PolicyStore.WEIGHTS)).hasContent("weights 2");
    assertThat(stale.resolve("graph.onnx")).hasContent("graph");
  }

  @Test
  void weightsThatAreNotThePolicyNeverReachAServer() throws IOException {
    site.spoilt = "weights of somebody else";
    StepFailedException failure = failure(this::publish);
    assertUndone(
        failure, FailureKind.BACKEND_ERROR, "weights of " + next + ": sha-256: ", "(expected: ");
    assertThat(site.first.loads() + site.second.loads()).isZero();
    assertThat(site.policies.weights(2)).doesNotExist();
  }

  @Test
  void aRepositoryThatIsOutOfReachIsAPublishError() throws IOException {
    Files.move(site.model, site.model.resolveSibling("elsewhere"));
    StepFailedException failure = failure(this::publish);
    assertThat(failure.failure().kind()).isEqualTo(FailureKind.PUBLISH_ERROR);
    assertThat(failure).hasMessageContaining("version directory of " + next);
    assertThat(site.first.loads()).isZero();
  }

  @Test
  void onlyTheVersionsToKeepStay() throws IOException {
    Song song = site.publishUpTo(6);
    assertThat(song.policy()).isEqualTo(Site.policy(6));
    assertThat(site.entries()).containsExactly("5", "6");
    assertThat(site.policies.weights(2)).hasContent("weights 2");
  }

  /** Hardware of different kinds rounds differently: then only the policy's word counts. */
  @Test
  void withoutACanaryLatentsAreNotLookedAt() throws IOException {
    site.second.drawWith(digest -> "another card");
    Publisher publisher = site.publisher(false);
    Song song = publisher.publish(next, current, new Song(current, ""));
    assertThat(song).isEqualTo(new Song(next, ""));
    assertThat(publisher.restore(next)).isEqualTo(song);
    site.second.claim(loaded -> current);
    assertThat(failure(() -> publisher.restore(next)).failure().kind())
        .isEqualTo(FailureKind.CANARY_MISMATCH);
  }
}
