package io.rewarddance.driver.engine;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a real server, passes everything on, and spoils what the test wants spoilt. */
final class FaultyTriton implements AutoCloseable {
  /** What is done to one call of any method. */
  interface Fault {
    /**
     * @throws StatusRuntimeException instead of asking the server
     */
    default void before(Object request) {}

    /** Told when the caller is refused, by the server or here. */
    default void refused(Object request, StatusRuntimeException said) {}

    /** What the caller gets in place of the server's answer. */
    default ModelInferResponse after(ModelInferRequest request, ModelInferResponse answer) {
      return answer;
    }
  }

  static final Fault NONE = new Fault() {};

  private final ManagedChannel channel;
  private final Server server;
  private final AtomicReference<Fault> fault = new AtomicReference<>(NONE);

  FaultyTriton(String target) throws IOException {
    this(target, 1 << 28);
  }

  /**
   * @param maxMessage bytes of the largest request that it takes
   */
  FaultyTriton(String target, int maxMessage) throws IOException {
    this.channel =
        NettyChannelBuilder.forTarget(target).usePlaintext().maxInboundMessageSize(1 << 28).build();
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(GRPCInferenceServiceGrpc.SERVICE_NAME);
    for (MethodDescriptor<?, ?> method :
        GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods()) {
      if (method.getType() == MethodDescriptor.MethodType.UNARY) {
        service.addMethod(passing(method));
      }
    }
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(maxMessage)
            .addService(service.build())
            .build()
            .start();
  }

  private <I, O> ServerMethodDefinition<I, O> passing(MethodDescriptor<I, O> method) {
    return ServerMethodDefinition.create(
        method,
        ServerCalls.asyncUnaryCall(
            (request, answers) -> {
              try {
                fault.get().before(request);
                answers.onNext(spoilt(request, ask(method, request)));
                answers.onCompleted();
              } catch (StatusRuntimeException e) {
                fault.get().refused(request, e);
                answers.onError(e);
              }
            }));
  }

  private <I, O> O ask(MethodDescriptor<I, O> method, I request) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
  }

  @SuppressWarnings("unchecked")
  private <I, O> O spoilt(I request, O answer) {
    return request instanceof ModelInferRequest infer
        ? (O) fault.get().after(infer, (ModelInferResponse) answer)
        : answer;
  }

  void inject(Fault next) {
    fault.set(next);
  }

  String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  static StatusRuntimeException unavailable() {
    return Status.UNAVAILABLE.withDescription("injected").asRuntimeException();
  }

  @Override
  public void close() {
    server.shutdownNow();
    channel.shutdownNow();
  }
}
