package io.rewarddance.proto.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatsTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 0000",
    "-0.0, 8000",
    "1.0, 3c00",
    "65504, 7bff",
    "65519, 7bff",
    "65520, 7c00",
    "6.1035156e-5, 0400",
    "6.0975552e-5, 03ff",
    "5.9604645e-8, 0001",
    "2.9802322e-8, 0000",
    "2.9802326e-8, 0001",
    "1.0004883, 3c00",
    "1.0014648, 3c02",
    "Infinity, 7c00",
    "NaN, 7e00"
  })
  void fp16RoundsToNearestTiesToEven(float value, String expected) {
    assertThat("%04x".formatted(HalfFloats.toFp16(value))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 3f80",
    "1.00390625, 3f80",
    "1.01171875, 3f82",
    "3.4028235e38, 7f80",
    "-Infinity, ff80",
    "NaN, 7fc0",
    "9.18355e-41, 0001"
  })
  void bf16RoundsToNearestTiesToEven(float value, String expected) {
    assertThat("%04x".formatted(HalfFloats.toBf16(value))).isEqualTo(expected);
  }

  @Test
  void everyHalfSurvivesARoundTrip() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float fp16 = HalfFloats.fromFp16((short) bits);
      float bf16 = HalfFloats.fromBf16((short) bits);
      if (!Float.isNaN(fp16)) {
        assertThat(HalfFloats.toFp16(fp16)).isEqualTo((short) bits);
      }
      if (!Float.isNaN(bf16)) {
        assertThat(HalfFloats.toBf16(bf16)).isEqualTo((short) bits);
      }
    }
  }

  /** No other half is nearer: the two neighbours are compared in double. */
  @Property
  void fp16IsTheNearestHalf(@ForAll float value) {
    short half = HalfFloats.toFp16(value);
    if (Math.abs(value) > 65504) {
      return;
    }
    double error = Math.abs((double) value - HalfFloats.fromFp16(half));
    int magnitude = half & 0x7fff;
    for (int neighbour : new int[] {magnitude - 1, magnitude + 1}) {
      if (neighbour >= 0 && neighbour < 0x7c00) {
        float other = HalfFloats.fromFp16((short) (neighbour | (half & 0x8000)));
        assertThat(error).isLessThanOrEqualTo(Math.abs((double) value - other));
      }
    }
  }
}
