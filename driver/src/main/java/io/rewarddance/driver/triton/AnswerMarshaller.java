package io.rewarddance.driver.triton;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads an answer with one copy: from the network's buffers into one array, of which the message's
 * tensors are views. gRPC's own marshaller copies large messages twice.
 */
final class AnswerMarshaller implements Marshaller<ModelInferResponse> {
  private final Marshaller<ModelInferResponse> writer =
      ProtoUtils.marshaller(ModelInferResponse.getDefaultInstance());

  @Override
  public InputStream stream(ModelInferResponse answer) {
    return writer.stream(answer);
  }

  @Override
  public ModelInferResponse parse(InputStream stream) {
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes(stream)).newCodedInput();
      input.enableAliasing(true);
      ModelInferResponse answer = ModelInferResponse.parseFrom(input);
      input.checkLastTagWas(0);
      return answer;
    } catch (IOException e) {
      throw Status.INTERNAL
          .withDescription("not a ModelInferResponse: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }

  private static byte[] bytes(InputStream stream) throws IOException {
    if (!(stream instanceof KnownLength)) {
      return stream.readAllBytes();
    }
    byte[] bytes = new byte[stream.available()];
    int count = stream.readNBytes(bytes, 0, bytes.length);
    if (count != bytes.length) {
      throw new EOFException(count + " bytes (expected: " + bytes.length + ")");
    }
    return bytes;
  }
}
