package io.rewarddance.proto.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void wireBytesAreLittleEndianAndBytesElementsCarryTheirLength() {
    assertThat(hex(Tensors.ofInt32("i", new long[] {2}, 1, -2))).isEqualTo("01000000feffffff");
    assertThat(hex(Tensors.ofFp32("f", new long[] {1}, 1.0f))).isEqualTo("0000803f");
    assertThat(hex(Tensors.ofFp16("h", new long[] {1}, 1.0f))).isEqualTo("003c");
    assertThat(hex(Tensors.ofBf16("b", new long[] {1}, 1.0f))).isEqualTo("803f");
    assertThat(hex(Tensors.ofStrings("s", new long[] {2}, "ab", "")))
        .isEqualTo("020000006162" + "00000000");
  }

  @Test
  void everyTypeReadsBackWhatWasWritten() {
    long[] two = {2};
    assertThat(Tensors.ofBool("t", two, true, false).bools()).containsExactly(true, false);
    assertThat(Tensors.ofUint8("t", two, (byte) 255, (byte) 0).int8s()).containsExactly(-1, 0);
    assertThat(Tensors.ofInt8("t", two, (byte) -5, (byte) 5).int8s()).containsExactly(-5, 5);
    assertThat(Tensors.ofInt16("t", two, (short) -5, (short) 5).int16s()).containsExactly(-5, 5);
    assertThat(Tensors.ofInt32("t", two, -5, 5).int32s()).containsExactly(-5, 5);
    assertThat(Tensors.ofInt64("t", two, Long.MIN_VALUE, 5).int64s())
        .containsExactly(Long.MIN_VALUE, 5);
    assertThat(Tensors.ofFp32("t", two, -0.0f, 1e-40f).floats()).containsExactly(-0.0f, 1e-40f);
    assertThat(Tensors.ofFp64("t", two, Math.PI, -1).doubles()).containsExactly(Math.PI, -1);
    assertThat(Tensors.ofFp16("t", two, 0.5f, -65504f).floats()).containsExactly(0.5f, -65504f);
    assertThat(Tensors.ofBf16("t", two, 0.5f, -3f).floats()).containsExactly(0.5f, -3f);
    assertThat(Tensors.ofStrings("t", two, "é", "").strings()).containsExactly("é", "");
  }

  @Test
  void bytesAreNotCopiedOnTheWayIn() {
    byte[] image = {1, 2, 3};
    Tensor tensor = Tensors.ofUint8("image", new long[] {3}, image);
    image[0] = 9;
    assertThat(tensor.int8s()).containsExactly(9, 2, 3);
  }

  @Test
  void bytesAreNotCopiedOnTheWayOut() {
    byte[] image = {1, 2, 3};
    ByteString sent = Tensors.ofUint8("image", new long[] {3}, image).toByteString();
    ByteString row = Tensors.ofUint8("image", new long[] {3}, image).rows(1, 3).toByteString();
    image[1] = 9;
    assertThat(sent.toByteArray()).containsExactly(1, 9, 3);
    assertThat(row.toByteArray()).containsExactly(9, 3);

    ByteString received = ByteString.copyFrom(image);
    assertThat(Tensor.of("image", DataType.UINT8, new long[] {3}, received).toByteString())
        .isSameAs(received);
  }

  @Test
  void piecesAreOneTensorAndNotCopiedForAMessage() {
    byte[] last = new byte[1000];
    List<byte[]> pieces = List.of(new byte[1000], last);
    Tensor tensor = Tensors.ofUint8("image", new long[] {2, 1000}, pieces);
    ByteString sent = tensor.toByteString();
    last[0] = 7;
    assertThat(sent.size()).isEqualTo(2000);
    assertThat(sent.byteAt(1000)).isEqualTo((byte) 7);

    byte[] flat = new byte[2000];
    flat[1000] = 7;
    assertThat(tensor).isEqualTo(Tensors.ofUint8("image", new long[] {2, 1000}, flat));
    assertThat(tensor.int8s()).isEqualTo(flat);
    assertThat(tensor.rows(1, 2).int8s()).isEqualTo(last);
    assertThatThrownBy(() -> Tensors.ofUint8("image", new long[] {2, 999}, pieces))
        .isInstanceOf(TensorException.class)
        .hasMessageContaining("image");
  }

  @Test
  void aPartOfAMessageIsReadFromItsOwnStart() {
    ByteString message = ByteString.copyFrom(new byte[] {9, 9, 1, 0, 0, 0, 'a', 1, 0, 0, 0, 'b'});
    Tensor words = Tensor.of("t", DataType.BYTES, new long[] {2}, message.substring(2));
    assertThat(words.strings()).containsExactly("a", "b");
    assertThat(words.rows(1, 2).strings()).containsExactly("b");
  }

  @Test
  void wrongSizesNameTheTensor() {
    assertThatThrownBy(() -> Tensors.ofFp32("latents", new long[] {2, 2}, 1f))
        .isInstanceOf(TensorException.class)
        .hasMessage("tensor 'latents': 4 bytes (expected: 16 for FP32 [2,2])");
    assertThatThrownBy(() -> Tensors.ofStrings("prompt", new long[] {2}, "one"))
        .hasMessage("tensor 'prompt': 1 BYTES elements (expected: 2)");
    assertThatThrownBy(() -> Tensors.ofInt32("steps", new long[] {-1}, 1))
        .hasMessage("shape: [-1] (expected: dimensions >= 0)");
    long[] huge = {Long.MAX_VALUE / 2, 8};
    assertThatThrownBy(() -> Tensor.of("x", DataType.INT8, huge, ByteBuffer.allocate(1)))
        .hasMessageContaining("fewer elements");
  }

  @Test
  void brokenBytesElementsAreRefused() {
    byte[] tooLong = {5, 0, 0, 0, 'a'};
    byte[] negative = {-1, -1, -1, -1};
    byte[] cutLength = {1, 0};
    assertThatThrownBy(() -> bytes(tooLong))
        .hasMessage("tensor 't': element 0 says 5 bytes, 1 are left");
    assertThatThrownBy(() -> bytes(negative))
        .hasMessage("tensor 't': element 0 says 4294967295 bytes, 0 are left");
    assertThatThrownBy(() -> bytes(cutLength))
        .hasMessage("tensor 't': 2 bytes after element 0 (expected: a 4-byte length)");
  }

  @Test
  void rowsAreViewsAndConcatJoinsThem() {
    Tensor all = Tensors.ofInt32("x", new long[] {3, 2}, 1, 2, 3, 4, 5, 6);
    assertThat(all.rows(1, 3)).isEqualTo(Tensors.ofInt32("x", new long[] {2, 2}, 3, 4, 5, 6));
    assertThat(Tensors.concat(List.of(all.rows(0, 1), all.rows(1, 3)))).isEqualTo(all);
    Tensor texts = Tensors.ofStrings("s", new long[] {3}, "a", "bcd", "");
    assertThat(texts.rows(1, 3).strings()).containsExactly("bcd", "");
    assertThat(Tensors.concat(List.of(texts.rows(0, 2), texts.rows(2, 3)))).isEqualTo(texts);
    assertThatThrownBy(() -> all.rows(2, 4)).hasMessageContaining("rows 2 to 4 of shape [3,2]");
    Tensor other = Tensors.ofInt32("x", new long[] {1, 3}, 1, 2, 3);
    assertThatThrownBy(() -> Tensors.concat(List.of(all, other))).hasMessageContaining("'x'");
  }

  @Test
  void readingAnotherTypeIsRefused() {
    assertThatThrownBy(() -> Tensors.ofInt64("seed", new long[] {1}, 7).floats())
        .hasMessage("tensor 'seed': is INT64 (expected: [FP32, FP16, BF16])");
  }

  @Test
  void zerosOfEveryTypeAreReadable() {
    for (DataType type : DataType.values()) {
      assertThat(Tensors.zeros("z", type, 2, 3).elementCount()).isEqualTo(6);
    }
    assertThat(Tensors.zeros("z", DataType.BYTES, 2).strings()).containsExactly("", "");
  }

  private static Tensor bytes(byte[] wire) {
    return Tensor.of("t", DataType.BYTES, new long[] {1}, ByteBuffer.wrap(wire));
  }

  private static String hex(Tensor tensor) {
    return HexFormat.of().formatHex(tensor.toByteString().toByteArray());
  }
}
