package io.rewarddance.driver.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.testing.RecordedRun;
import io.rewarddance.driver.testing.SteeredRun;
import io.rewarddance.proto.driver.FollowRunRequest;
import io.rewarddance.proto.driver.GetRunRequest;
import io.rewarddance.proto.driver.IterationEvent;
import io.rewarddance.proto.driver.PauseRunRequest;
import io.rewarddance.proto.driver.ResumeRunRequest;
import io.rewarddance.proto.driver.RunServiceGrpc;
import io.rewarddance.proto.driver.RunState;
import io.rewarddance.proto.driver.StopRunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class RunServerTest {
  @TempDir Path temporary;
  private final SteeredRun control = new SteeredRun();
  private RunHistory history;
  private RunFeed feed;
  private RunServer server;
  private ManagedChannel channel;
  private RunServiceGrpc.RunServiceBlockingStub client;

  @BeforeEach
  void serveAResumedRun() throws IOException {
    RecordedRun run = new RecordedRun(temporary.resolve("quickstart"));
    history = run.finished();
    feed = new RunFeed(Optional.of(run.killed(10)));
    feed.planned(history.plan());
    server = RunServer.start("127.0.0.1", 0, feed, control);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    client = RunServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void aFollowerGetsTheJournalAndThenWhatHappens() {
    Iterator<IterationEvent> events =
        client.followRun(FollowRunRequest.newBuilder().setFromIteration(3).build());
    assertThat(events.next().getIteration()).isEqualTo(3);
    history.iterations().subList(10, 40).forEach(feed::iterationFinished);
    feed.ended(RunSummary.of(history));
    int[] rest = IntStream.generate(() -> events.next().getIteration()).limit(36).toArray();
    assertThat(rest).containsExactly(IntStream.range(4, 40).toArray());
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void anEventCarriesTheWholeIteration() {
    IterationEvent event =
        client.followRun(FollowRunRequest.newBuilder().setFromIteration(5).build()).next();
    assertThat(event.getRun()).isEqualTo("quickstart");
    assertThat(event.getPolicyVersion()).isEqualTo(7);
    assertThat(event.getMetricsMap()).containsKey("p_yes");
    assertThat(event.getCountsMap()).containsEntry("failure.JUDGE_TIMEOUT", 1L);
    assertThat(event.getSecondsMap()).containsEntry("update", 1.2);
    assertThat(event.getJournalLine()).contains("\"iteration\":5");
  }

  @Test
  void theStateIsAsOfNow() {
    RunState state = client.getRun(GetRunRequest.getDefaultInstance());
    assertThat(state.getRun()).isEqualTo("quickstart");
    assertThat(state.getPhase()).isEqualTo(RunState.Phase.RUNNING);
    assertThat(state.getIteration()).isEqualTo(10);
    assertThat(state.getIterations()).isEqualTo(40);
    assertThat(state.getPolicyVersion()).isEqualTo(11);
  }

  @Test
  void aClientCanSteer() {
    PauseRunRequest pause = PauseRunRequest.newBuilder().setReason("lunch").build();
    assertThat(client.pauseRun(pause).getPhase()).isEqualTo(RunState.Phase.PAUSED);
    assertThat(client.getRun(GetRunRequest.getDefaultInstance()).getReason()).isEqualTo("lunch");
    assertThat(client.resumeRun(ResumeRunRequest.getDefaultInstance()).getPhase())
        .isEqualTo(RunState.Phase.RUNNING);
    assertThat(client.stopRun(StopRunRequest.getDefaultInstance()).getPhase())
        .isEqualTo(RunState.Phase.STOPPING);
    assertThat(control.told()).containsExactly("pause lunch", "resume", "stop stopped by a client");
  }

  @Test
  void afterTheEndThereIsNothingToSteer() {
    feed.ended(RunSummary.of(history));
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> client.pauseRun(PauseRunRequest.getDefaultInstance()))
        .matches(e -> e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION);
    assertThat(control.told()).isEmpty();
  }

  @Test
  void aNegativePlaceIsRefused() {
    FollowRunRequest request = FollowRunRequest.newBuilder().setFromIteration(-1).build();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> client.followRun(request).next())
        .withMessage("INVALID_ARGUMENT: from_iteration: -1 (expected: >= 0)");
  }

  @Test
  void aTakenPortIsAnError() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> RunServer.start("127.0.0.1", server.port(), feed, control));
  }
}
