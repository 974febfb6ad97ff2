package io.rewarddance.driver.judge;

import static io.rewarddance.driver.testing.ScriptedTriton.answer;
import static io.rewarddance.driver.testing.ScriptedTriton.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.testing.HeldCall;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.YesProbability;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of a served judge, from the wire to the typed failure. */
@Timeout(30)
final class JudgeOverGrpcTest {
  private static final Tensor[] GOOD =
      Judges.answer(new float[] {-0.5f}, new float[] {-1.5f}).toArray(Tensor[]::new);

  private final ScriptedTriton server = ScriptedTriton.start();
  private TritonClient client;

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private CompletableFuture<List<Outcome<YesProbability>>> judge(TritonConfig config, int images) {
    client = TritonClient.connect(List.of(server.endpoint()), config, () -> 0);
    List<Subject> subjects =
        java.util.stream.IntStream.range(0, images).mapToObj(Judges::subject).toList();
    return new Judge(Judges.pointwise("Match?"), Judges.model(1), client::infer)
        .judge("g", subjects)
        .orTimeout(20, TimeUnit.SECONDS);
  }

  private static FailureKind kind(Outcome<?> outcome) {
    return outcome.failure().orElseThrow().kind();
  }

  @Test
  void anAnswerArrives() {
    server.otherwise(answer(GOOD));
    var outcomes = judge(TritonConfigs.ofRetries(0), 1).join();
    assertThat(outcomes.get(0).value()).contains(new YesProbability(-0.5f, -1.5f));
    ModelInferRequest request = server.requests.remove();
    assertThat(request.getModelName()).isEqualTo("vlm");
    assertThat(request.getId()).isEqualTo("g/judge=match");
  }

  @Test
  void silenceIsATimeoutOfOneImage() {
    server.otherwise(
        (request, observer) -> {
          if (!request.getId().contains("from=1")) {
            answer(GOOD).to(request, observer);
          }
        });
    var outcomes = judge(TritonConfigs.ofDeadline(Duration.ofSeconds(1)), 3).join();
    assertThat(outcomes).extracting(Outcome::isFailed).containsExactly(false, true, false);
    assertThat(kind(outcomes.get(1))).isEqualTo(FailureKind.JUDGE_TIMEOUT);
  }

  @Test
  void aServerThatDiesInTheMiddleIsUnavailable() {
    HeldCall held = server.thenHold();
    var asked = judge(TritonConfigs.ofRetries(1), 1);
    held.await();
    server.kill();
    assertThat(kind(asked.join().get(0))).isEqualTo(FailureKind.JUDGE_UNAVAILABLE);
  }

  @Test
  void anotherShapeAndARefusalAreNotRepeated() {
    server.then(answer(Judges.answer(new float[2], new float[2]).toArray(Tensor[]::new)));
    var shape = judge(TritonConfigs.ofRetries(3), 1).join();
    assertThat(kind(shape.get(0))).isEqualTo(FailureKind.JUDGE_BAD_SHAPE);
    client.close();
    server.then(failure(Status.INVALID_ARGUMENT.withDescription("unexpected shape for input")));
    var refused = judge(TritonConfigs.ofRetries(3), 1).join();
    assertThat(kind(refused.get(0))).isEqualTo(FailureKind.JUDGE_ERROR);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void nanOnTheWireIsNoNumber() {
    server.then(
        answer(Judges.answer(new float[] {Float.NaN}, new float[] {-1}).toArray(Tensor[]::new)));
    var outcomes = judge(TritonConfigs.ofRetries(3), 1).join();
    assertThat(kind(outcomes.get(0))).isEqualTo(FailureKind.JUDGE_NOT_FINITE);
  }
}
