package io.rewarddance.embedded.model.oracle;

/** From a colour's hue to the code of its name. */
final class Hues {
  private final double[] ends;
  private final int[] codes;

  Hues(Limits limits) {
    this.ends = limits.hueEnds().stream().mapToDouble(Double::doubleValue).toArray();
    this.codes = limits.hueColours().stream().mapToInt(limits.colours()::indexOf).toArray();
  }

  /** The code of a colour on any common scale; grey, which has no hue, counts as the first. */
  int code(double red, double green, double blue) {
    double hue = degrees(red, green, blue);
    int interval = 0;
    while (interval < ends.length && ends[interval] <= hue) {
      interval++;
    }
    return codes[interval];
  }

  private static double degrees(double red, double green, double blue) {
    double high = Math.max(red, Math.max(green, blue));
    double span = Math.max(high - Math.min(red, Math.min(green, blue)), 1e-6);
    if (high == red) {
      return ((green - blue) / span + (green >= blue ? 0 : 6)) * 60;
    }
    return high == green ? ((blue - red) / span + 2) * 60 : ((red - green) / span + 4) * 60;
  }
}
