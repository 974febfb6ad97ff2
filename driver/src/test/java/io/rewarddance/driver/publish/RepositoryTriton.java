package io.rewarddance.driver.publish;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.InputData;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelReadyRequest;
import io.rewarddance.proto.triton.ModelReadyResponse;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.proto.triton.RepositoryModelLoadResponse;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A Triton on a loopback port that serves a generator as a real one does: a load takes the newest
 * version directory into service and drops the others, an answer depends on the weights file that
 * was loaded. What can go wrong there is switched on by a test.
 */
final class RepositoryTriton implements AutoCloseable {
  private final VersionDirectories directories;
  private final Server server;
  private final String endpoint;
  private UnaryOperator<PolicyRef> claims = loaded -> loaded;
  private UnaryOperator<String> drawsWith = digest -> digest;
  private long refused;
  private boolean ignoresLoads;
  private int loads;
  private PolicyRef live;

  RepositoryTriton(Path model) throws IOException {
    this.directories = new VersionDirectories(model);
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.server = NettyServerBuilder.forAddress(loopback).addService(new Service()).build().start();
    this.endpoint = "127.0.0.1:" + server.getPort();
    loadNewest();
  }

  String endpoint() {
    return endpoint;
  }

  /** The policy in service. */
  synchronized PolicyRef live() {
    return live;
  }

  /** Loads asked for. */
  synchronized int loads() {
    return loads;
  }

  /** Loads fail as long as this version is the newest. */
  synchronized void refuse(long version) {
    refused = version;
  }

  /** Loads succeed and do nothing. */
  synchronized void ignoreLoads(boolean ignores) {
    ignoresLoads = ignores;
  }

  /** Which policy an answer names, by the one that is loaded. */
  synchronized void claim(UnaryOperator<PolicyRef> claim) {
    claims = claim;
  }

  /** What the drawing depends on, by the digest of the loaded weights. */
  synchronized void drawWith(UnaryOperator<String> weights) {
    drawsWith = weights;
  }

  private synchronized void loadNewest() throws IOException {
    long newest = directories.versions().last();
    Path weights = directories.directory(newest).resolve(PolicyStore.WEIGHTS);
    live = new PolicyRef(newest, Sha256.of(weights));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Service extends GRPCInferenceServiceImplBase {
    @Override
    public void repositoryModelLoad(
        RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> observer) {
      synchronized (RepositoryTriton.this) {
        loads++;
        try {
          if (directories.versions().last() == refused) {
            observer.onError(
                Status.INTERNAL
                    .withDescription("failed to load 'generator', no version is available")
                    .asRuntimeException());
            return;
          }
          if (!ignoresLoads) {
            loadNewest();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      send(observer, RepositoryModelLoadResponse.getDefaultInstance());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
      boolean ready = request.getVersion().equals(Long.toString(live().version()));
      send(observer, ModelReadyResponse.newBuilder().setReady(ready).build());
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
      Map<String, Tensor> inputs =
          InferCodec.inputData(request, InferCodec.SharedInputs.NONE).stream()
              .map(InputData::toTensor)
              .collect(Collectors.toMap(Tensor::name, Function.identity()));
      synchronized (RepositoryTriton.this) {
        String version = Long.toString(live.version());
        if (!List.of("", version).contains(request.getModelVersion())) {
          observer.onError(
              Status.NOT_FOUND
                  .withDescription("'generator' version " + request.getModelVersion())
                  .asRuntimeException());
          return;
        }
        ModelInferResponse.Builder response =
            ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setModelVersion(version)
                .setId(request.getId());
        InferCodec.addOutputs(
            response,
            ToyGenerator.outputs(inputs, claims.apply(live), drawsWith.apply(live.digest())));
        send(observer, response.build());
      }
    }

    private <T> void send(StreamObserver<T> observer, T message) {
      observer.onNext(message);
      observer.onCompleted();
    }
  }
}
