package io.rewarddance.driver.triton;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors.CheckedForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends {@code authorization: Bearer ...} with every call. The file is read at every call, so that
 * a token that is renewed on disk needs no restart. A token that can't be read fails the call.
 */
final class BearerToken implements ClientInterceptor {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Path file;

  BearerToken(Path file) {
    this.file = file;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new CheckedForwardingClientCall<>(next.newCall(method, options)) {
      /** What this throws is the call's status; from {@code start} it would reach nobody. */
      @Override
      protected void checkedStart(Listener<A> listener, Metadata headers) throws StatusException {
        headers.put(HEADER, "Bearer " + read());
        delegate().start(listener, headers);
      }
    };
  }

  private String read() throws StatusException {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw refused("is empty", null);
      }
      return token;
    } catch (IOException e) {
      throw refused("can't be read", e);
    }
  }

  private StatusException refused(String why, IOException cause) {
    return Status.UNAUTHENTICATED
        .withDescription("token_file: " + file + " " + why)
        .withCause(cause)
        .asException();
  }
}
