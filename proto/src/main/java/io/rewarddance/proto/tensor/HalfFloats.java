package io.rewarddance.proto.tensor;

/**
 * The two 16-bit floats. Encoding rounds to the nearest value, ties to even; subnormals, infinities
 * and NaN are kept. Decoding is exact.
 */
public final class HalfFloats {
  private HalfFloats() {}

  /** IEEE 754 binary16 (1 sign, 5 exponent, 10 fraction bits) of a float. */
  public static short toFp16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fff_ffff;
    if (magnitude > 0x7f80_0000) {
      return (short) (sign | 0x7e00 | ((magnitude >>> 13) & 0x3ff));
    }
    if (magnitude >= 0x4780_0000) { // 2^16 and more, infinity
      return (short) (sign | 0x7c00);
    }
    if (magnitude >= 0x3880_0000) { // normal in fp16: 2^-14 and more
      int rebased = magnitude - 0x3800_0000; // exponent bias 127 -> 15
      return (short) (sign | roundShift(rebased, 13)); // may carry into infinity, as it should
    }
    if (magnitude < 0x3300_0000) { // below half of the smallest subnormal
      return (short) sign;
    }
    int exponent = magnitude >>> 23;
    int significand = (magnitude & 0x7f_ffff) | 0x80_0000;
    return (short) (sign | roundShift(significand, 126 - exponent));
  }

  public static float fromFp16(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float value = fraction * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    int rebased = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | (rebased << 23) | (fraction << 13));
  }

  /** The upper half of a float (1 sign, 8 exponent, 7 fraction bits), rounded, not truncated. */
  public static short toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits & 0x8000_0000) >>> 16 | roundShift(bits & 0x7fff_ffff, 16));
  }

  public static float fromBf16(short half) {
    return Float.intBitsToFloat(half << 16);
  }

  /** value / 2^shift, rounded to nearest, ties to even; value >= 0, 1 <= shift <= 24. */
  private static int roundShift(int value, int shift) {
    int quotient = value >>> shift;
    int rest = value - (quotient << shift);
    int half = 1 << (shift - 1);
    boolean up = rest > half || (rest == half && (quotient & 1) == 1);
    return up ? quotient + 1 : quotient;
  }
}
