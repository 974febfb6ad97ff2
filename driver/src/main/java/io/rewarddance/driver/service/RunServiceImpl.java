package io.rewarddance.driver.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.RunControl;
import io.rewarddance.proto.driver.FollowRunRequest;
import io.rewarddance.proto.driver.GetRunRequest;
import io.rewarddance.proto.driver.IterationEvent;
import io.rewarddance.proto.driver.PauseRunRequest;
import io.rewarddance.proto.driver.ResumeRunRequest;
import io.rewarddance.proto.driver.RunServiceGrpc;
import io.rewarddance.proto.driver.RunState;
import io.rewarddance.proto.driver.StopRunRequest;

/** Answers the calls of {@code rewarddance.v1.RunService} for the one run of this process. */
final class RunServiceImpl extends RunServiceGrpc.RunServiceImplBase {
  private final RunFeed feed;
  private final RunControl control;

  RunServiceImpl(RunFeed feed, RunControl control) {
    this.feed = feed;
    this.control = control;
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<RunState> client) {
    answer(client);
  }

  @Override
  public void followRun(FollowRunRequest request, StreamObserver<IterationEvent> client) {
    if (request.getFromIteration() < 0) {
      client.onError(
          Status.INVALID_ARGUMENT
              .withDescription(
                  "from_iteration: " + request.getFromIteration() + " (expected: >= 0)")
              .asRuntimeException());
      return;
    }
    var stream = (ServerCallStreamObserver<IterationEvent>) client;
    new IterationFollower(feed, stream, request.getFromIteration()).start();
  }

  @Override
  public void pauseRun(PauseRunRequest request, StreamObserver<RunState> client) {
    steer(client, () -> control.pause(reason(request.getReason(), "paused by a client")));
  }

  @Override
  public void resumeRun(ResumeRunRequest request, StreamObserver<RunState> client) {
    steer(client, control::resume);
  }

  @Override
  public void stopRun(StopRunRequest request, StreamObserver<RunState> client) {
    steer(client, () -> control.stop(reason(request.getReason(), "stopped by a client")));
  }

  private void steer(StreamObserver<RunState> client, Runnable action) {
    if (feed.summary().isPresent()) {
      client.onError(
          Status.FAILED_PRECONDITION.withDescription("the run has ended").asRuntimeException());
      return;
    }
    action.run();
    answer(client);
  }

  private void answer(StreamObserver<RunState> client) {
    client.onNext(Messages.state(feed, control));
    client.onCompleted();
  }

  private static String reason(String given, String otherwise) {
    return given.isBlank() ? otherwise : given;
  }
}
