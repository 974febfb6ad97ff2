package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.grpc.KnownLength;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AnswerMarshallerTest {
  private static final ModelInferResponse ANSWER =
      ModelInferResponse.newBuilder()
          .setModelName("m")
          .addRawOutputContents(ByteString.copyFrom(new byte[5000]))
          .addRawOutputContents(ByteString.EMPTY)
          .build();

  private final AnswerMarshaller marshaller = new AnswerMarshaller();

  /** As gRPC hands messages over. */
  private static final class Received extends ByteArrayInputStream implements KnownLength {
    private final int missing;

    Received(byte[] bytes, int missing) {
      super(bytes);
      this.missing = missing;
    }

    @Override
    public synchronized int available() {
      return super.available() + missing;
    }
  }

  @Test
  void readsWhatWasSent() throws IOException {
    byte[] sent = marshaller.stream(ANSWER).readAllBytes();
    assertThat(marshaller.parse(new Received(sent, 0))).isEqualTo(ANSWER);
    assertThat(marshaller.parse(new ByteArrayInputStream(sent))).isEqualTo(ANSWER);
  }

  @Test
  void aBrokenMessageIsAnError() {
    byte[] sent = ANSWER.toByteArray();
    refuses(new Received(sent, 7), sent.length + " bytes (expected: " + (sent.length + 7) + ")");
    refuses(new Received(Arrays.copyOf(sent, 4000), 0), "not a ModelInferResponse");
    refuses(new ByteArrayInputStream(new byte[] {4}), "not a ModelInferResponse");
  }

  private void refuses(InputStream stream, String text) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> marshaller.parse(stream))
        .withMessageContaining(text)
        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));
  }
}
