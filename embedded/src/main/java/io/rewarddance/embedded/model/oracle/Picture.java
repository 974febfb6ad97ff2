package io.rewarddance.embedded.model.oracle;

import java.nio.ByteBuffer;

/** An image as the oracle looks at it; arrays are row-major, [size size]. */
final class Picture {
  private final int size;
  private final int[] red;
  private final int[] green;
  private final int[] blue;
  private final int[] chroma;
  private final boolean[] foreground;

  /**
   * @param rgb bytes [size,size,3]
   */
  Picture(ByteBuffer rgb, Limits limits) {
    this.size = limits.size();
    int pixels = size * size;
    this.red = new int[pixels];
    this.green = new int[pixels];
    this.blue = new int[pixels];
    this.chroma = new int[pixels];
    this.foreground = new boolean[pixels];
    for (int p = 0; p < pixels; p++) {
      red[p] = Byte.toUnsignedInt(rgb.get(3 * p));
      green[p] = Byte.toUnsignedInt(rgb.get(3 * p + 1));
      blue[p] = Byte.toUnsignedInt(rgb.get(3 * p + 2));
      int high = Math.max(red[p], Math.max(green[p], blue[p]));
      chroma[p] = high - Math.min(red[p], Math.min(green[p], blue[p]));
      foreground[p] = chroma[p] > limits.chromaAbove();
    }
  }

  int size() {
    return size;
  }

  int pixels() {
    return red.length;
  }

  int red(int pixel) {
    return red[pixel];
  }

  int green(int pixel) {
    return green[pixel];
  }

  int blue(int pixel) {
    return blue[pixel];
  }

  /** Sum of the three channels. */
  int total(int pixel) {
    return red[pixel] + green[pixel] + blue[pixel];
  }

  /** Greatest less least of the three channels. */
  int chroma(int pixel) {
    return chroma[pixel];
  }

  /** Whether a pixel belongs to an object. */
  boolean isForeground(int pixel) {
    return foreground[pixel];
  }

  /** The neighbour one step away, or -1 beyond the edge. */
  int neighbour(int pixel, int down, int right) {
    int row = pixel / size + down;
    int column = pixel % size + right;
    return row < 0 || row >= size || column < 0 || column >= size ? -1 : row * size + column;
  }
}
