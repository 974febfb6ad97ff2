package io.rewarddance.driver.benchmark;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.io.IOException;
import java.io.InputStream;

/** All that the null models want to know of a request; its tensors are read over. */
record Question(String model, String id) {
  static final MethodDescriptor<Question, ModelInferResponse> METHOD =
      GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
              new Reader(), GRPCInferenceServiceGrpc.getModelInferMethod().getResponseMarshaller())
          .build();

  private static final class Reader implements MethodDescriptor.Marshaller<Question> {
    private static final int BUFFER = 1 << 16;

    @Override
    public InputStream stream(Question question) {
      throw new UnsupportedOperationException("a question is only read");
    }

    @Override
    public Question parse(InputStream stream) {
      try {
        return parse(CodedInputStream.newInstance(stream, BUFFER));
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }

    private static Question parse(CodedInputStream input) throws IOException {
      String model = "";
      String id = "";
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case ModelInferRequest.MODEL_NAME_FIELD_NUMBER -> model = input.readString();
          case ModelInferRequest.ID_FIELD_NUMBER -> id = input.readString();
          default -> input.skipField(tag);
        }
      }
      return new Question(model, id);
    }
  }
}
