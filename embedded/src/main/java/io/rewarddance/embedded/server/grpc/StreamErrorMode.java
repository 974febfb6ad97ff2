package io.rewarddance.embedded.server.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Reads the header {@code triton_grpc_error: true}, by which a client asks that the first error of
 * a stream ends it with a gRPC status.
 */
final class StreamErrorMode implements ServerInterceptor {
  static final Context.Key<Boolean> ENDS_STREAM =
      Context.keyWithDefault("triton_grpc_error", Boolean.FALSE);

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("triton_grpc_error", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    boolean endsStream = "true".equals(headers.get(HEADER));
    Context context = Context.current().withValue(ENDS_STREAM, endsStream);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
