package io.rewarddance.embedded.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  private static final Weights WEIGHTS =
      weights(
          Map.of(
              "b.weight", tensor(new long[] {2, 2}, 1, -2, 3.5f, Float.MIN_VALUE),
              "a.bias", tensor(new long[] {3}, 0.1f, 0.2f, 0.3f),
              "scalar", tensor(new long[] {}, 7)));

  /** As the safetensors library writes it: metadata first, then names in order, without blanks. */
  @Test
  void encodesTheLibrarysBytes() {
    byte[] bytes = SafeTensors.encode(WEIGHTS);
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
            + "\"b.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[12,28]},"
            + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[28,32]}}";
    int length = (header.length() + 7) / 8 * 8;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.getLong()).isEqualTo(length);
    assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8))
        .isEqualTo(header + " ".repeat(length - header.length()));
    assertThat(bytes).hasSize(8 + length + 32);
    assertThat(buffer.getFloat(8 + length)).isEqualTo(0.1f);
    assertThat(buffer.getFloat(8 + length + 12)).isEqualTo(1f);
  }

  @Test
  void fileHoldsTheWeightsAndTheDigestIsItsSha256(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("weights.safetensors");
    Files.writeString(file, "what was there before");
    String digest = SafeTensors.write(WEIGHTS, file);
    assertThat(SafeTensors.read(file)).isEqualTo(WEIGHTS);
    assertThat(digest).isEqualTo(Sha256.of(file)).hasSize(64);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Property
  void whatIsWrittenIsReadBitForBit(@ForAll @Size(max = 20) float[] values) throws IOException {
    Weights weights =
        weights(
            Map.of(
                "w", tensor(new long[] {values.length}, values), "\"q\\", tensor(new long[] {0})));
    byte[] bytes = SafeTensors.encode(weights);
    assertThat(SafeTensors.decode(bytes, "test")).isEqualTo(weights);
    assertThat(SafeTensors.encode(SafeTensors.decode(bytes, "test"))).isEqualTo(bytes);
  }

  @Test
  void otherValuesKeepTheHeader() {
    Weights changed =
        WEIGHTS.with(
            Map.of(
                "b.weight", tensor(new long[] {2, 2}, 4, 3, 2, 1),
                "a.bias", tensor(new long[] {3}, 1, 2, 3),
                "scalar", tensor(new long[] {}, 8)));
    byte[] before = SafeTensors.encode(WEIGHTS);
    byte[] after = SafeTensors.encode(changed);
    assertThat(Arrays.copyOf(after, after.length - 32))
        .isEqualTo(Arrays.copyOf(before, before.length - 32));
  }

  @Test
  void otherNamesAreRefused() {
    assertThatThrownBy(() -> WEIGHTS.with(Map.of("a.bias", tensor(new long[] {1}, 1))))
        .hasMessageContaining("names: [a.bias]");
  }

  @Test
  void everyTruncationIsAnError() {
    byte[] bytes = SafeTensors.encode(WEIGHTS);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SafeTensors.decode(truncated, "model/weights.safetensors"))
          .isInstanceOf(WeightsFormatException.class)
          .hasMessageStartingWith("model/weights.safetensors: ");
    }
  }

  @Test
  void bytesThatBelongToNoTensorAreAnError() {
    byte[] bytes = SafeTensors.encode(WEIGHTS);
    assertThatThrownBy(() -> SafeTensors.decode(Arrays.copyOf(bytes, bytes.length + 4), "x"))
        .hasMessageContaining("data: 36 bytes (expected: 32)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'w':{'dtype':'F16','shape':[1],'data_offsets':[0,4]}} | dtype of w: F16",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | data_offsets of w",
        "{'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | shape: [-1]",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | begins at 4",
        "{'w':{'dtype':'F32','shape':[1]}} | data_offsets",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'w':{}} | w",
        "[1,2] | ",
        "{'w': | ",
      })
  void headersThatAreNotSafetensorsAreNamed(String header, String text) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    assertThatThrownBy(() -> SafeTensors.decode(file.array(), "weights"))
        .isInstanceOf(WeightsFormatException.class)
        .hasMessageStartingWith("weights: ")
        .hasMessageContaining(text == null ? "" : text);
  }

  @Test
  void nonFiniteTensorsAreFound() {
    Weights broken =
        weights(Map.of("a", tensor(new long[] {1}, 1), "b", tensor(new long[] {2}, 0, Float.NaN)));
    assertThat(broken.firstNonFinite()).hasValue("b");
    assertThat(WEIGHTS.firstNonFinite()).isEmpty();
    assertThat(WEIGHTS.parameters()).isEqualTo(8);
  }

  @Test
  void shapesThatDoNotFitTheValuesAreRefused() {
    assertThatThrownBy(() -> tensor(new long[] {2, 2}, 1, 2))
        .hasMessage("values: 2 (expected: as many as shape [2, 2] has)");
  }

  private static WeightTensor tensor(long[] shape, float... values) {
    return new WeightTensor(shape, values);
  }

  private static Weights weights(Map<String, WeightTensor> tensors) {
    return new Weights(new TreeMap<>(tensors), new TreeMap<>(Map.of("format", "pt")));
  }
}
