package io.rewarddance.driver.testing;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ServerLiveRequest;
import io.rewarddance.proto.triton.ServerLiveResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * A server on a loopback port that speaks Triton's protocol and answers as its script says, one
 * reply a request; when the script is used up, as {@link #otherwise} says.
 */
public final class ScriptedTriton implements AutoCloseable {
  /** What becomes of one inference request. */
  @FunctionalInterface
  public interface Reply {
    void to(ModelInferRequest request, StreamObserver<ModelInferResponse> observer);
  }

  /** Every request that arrived, in order. */
  public final BlockingQueue<ModelInferRequest> requests = new LinkedBlockingQueue<>();

  /** The authorization header of every call, control calls too; "" where there was none. */
  public final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();

  /** One entry for each question whether the server is ready. */
  public final BlockingQueue<Boolean> probes = new LinkedBlockingQueue<>();

  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final UnaryOperator<NettyServerBuilder> settings;
  private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
  private volatile Reply otherwise = answer();
  private volatile boolean live = true;
  private volatile Server server;
  private final int port;

  private ScriptedTriton(UnaryOperator<NettyServerBuilder> settings) {
    this.settings = settings;
    this.server = start(0);
    this.port = server.getPort();
  }

  public static ScriptedTriton start() {
    return new ScriptedTriton(builder -> builder);
  }

  public static ScriptedTriton start(SslContext tls) {
    return new ScriptedTriton(builder -> builder.sslContext(tls));
  }

  /** A server that takes no larger requests. */
  public static ScriptedTriton withRequestsUpTo(int bytes) {
    return new ScriptedTriton(builder -> builder.maxInboundMessageSize(bytes));
  }

  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  public ScriptedTriton then(Reply reply) {
    script.add(reply);
    return this;
  }

  public ScriptedTriton otherwise(Reply reply) {
    otherwise = reply;
    return this;
  }

  public HeldCall thenHold() {
    HeldCall held = new HeldCall();
    then(held);
    return held;
  }

  public void setLive(boolean live) {
    this.live = live;
  }

  /** Ends as a killed process does: connections break, the port is free. */
  public void kill() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Comes back on the same port. */
  public void restart() {
    server = start(port);
  }

  @Override
  public void close() {
    kill();
  }

  /** An answer of the model's version 1 with these outputs. */
  public static Reply answer(Tensor... outputs) {
    return (request, observer) -> send(observer, response(request, outputs).build());
  }

  /** An answer that a test spoils. */
  public static Reply answer(UnaryOperator<ModelInferResponse.Builder> spoil, Tensor... outputs) {
    return (request, observer) -> send(observer, spoil.apply(response(request, outputs)).build());
  }

  public static Reply failure(Status status) {
    return (request, observer) -> observer.onError(status.asRuntimeException());
  }

  private static ModelInferResponse.Builder response(ModelInferRequest request, Tensor... outputs) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(request.getModelName())
            .setModelVersion("1")
            .setId(request.getId());
    InferCodec.addOutputs(response, List.of(outputs));
    return response;
  }

  private static <T> void send(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }

  private Server start(int at) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), at);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .addService(new Service())
            .intercept(new TokenRecorder());
    try {
      return settings.apply(builder).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class TokenRecorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String token = headers.get(TOKEN);
      tokens.add(token == null ? "" : token);
      return next.startCall(call, headers);
    }
  }

  private final class Service extends GRPCInferenceServiceImplBase {
    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
      requests.add(request);
      Reply scripted = script.poll();
      (scripted == null ? otherwise : scripted).to(request, observer);
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
      send(observer, ServerLiveResponse.newBuilder().setLive(live).build());
      probes.add(live);
    }
  }
}
