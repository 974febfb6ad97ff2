package io.rewarddance.rollout;

import io.rewarddance.rollout.digest.Sha256;
import java.util.Arrays;
import java.util.List;

/** Frames of one size, one after the other. */
public final class Video implements Pixels {
  private final int frames;
  private final int height;
  private final int width;
  private final byte[] rgb; // [frames][height][width][3]

  private Video(int frames, int height, int width, byte[] rgb) {
    this.frames = frames;
    this.height = height;
    this.width = width;
    this.rgb = rgb;
  }

  /**
   * @param rgb {@code [frames][height][width][3]} row-major; ownership passes to the video
   * @throws IllegalArgumentException when the sizes disagree
   */
  public static Video of(int frames, int height, int width, byte[] rgb) {
    Check.that(frames >= 1, "frames", frames, ">= 1");
    Check.that(height >= 1, "height", height, ">= 1");
    Check.that(width >= 1, "width", width, ">= 1");
    Check.present(rgb, "rgb");
    long bytes = (long) frames * height * width * CHANNELS;
    Check.that(
        rgb.length == bytes,
        "rgb",
        rgb.length + " bytes",
        "frames * height * width * 3 = " + bytes);
    return new Video(frames, height, width, rgb);
  }

  /**
   * The inverse of {@link #sheet}.
   *
   * @throws IllegalArgumentException when the picture can't be cut into that many frames
   */
  public static Video ofSheet(Image sheet, int frames) {
    Check.that(frames >= 1, "frames", frames, ">= 1");
    Check.that(sheet.width() % frames == 0, "sheet", sheet, frames + " frames of equal width");
    int width = sheet.width() / frames;
    byte[] rgb = new byte[sheet.rgb().length];
    int row = width * CHANNELS;
    for (int frame = 0; frame < frames; frame++) {
      for (int y = 0; y < sheet.height(); y++) {
        int from = (y * frames + frame) * row;
        System.arraycopy(sheet.rgb(), from, rgb, (frame * sheet.height() + y) * row, row);
      }
    }
    return new Video(frames, sheet.height(), width, rgb);
  }

  public int frames() {
    return frames;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** One frame, copied. */
  public Image frame(int index) {
    int bytes = rgb.length / frames;
    return Image.of(height, width, Arrays.copyOfRange(rgb, index * bytes, (index + 1) * bytes));
  }

  @Override
  public List<Integer> shape() {
    return List.of(frames, height, width, CHANNELS);
  }

  @Override
  public byte[] rgb() {
    return rgb;
  }

  @Override
  public Image sheet() {
    byte[] side = new byte[rgb.length];
    int row = width * CHANNELS;
    for (int frame = 0; frame < frames; frame++) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(rgb, (frame * height + y) * row, side, (y * frames + frame) * row, row);
      }
    }
    return Image.of(height, frames * width, side);
  }

  @Override
  public String sha256() {
    return Sha256.of(rgb);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Video video
        && frames == video.frames
        && height == video.height
        && width == video.width
        && Arrays.equals(rgb, video.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * frames + height) + width) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Video[" + frames + " frames of " + height + "x" + width + "]";
  }
}
