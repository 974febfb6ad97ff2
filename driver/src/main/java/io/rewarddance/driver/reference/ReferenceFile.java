package io.rewarddance.driver.reference;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Video;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.durable.Durable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * References on disk: the text {@code rewarddance-references 1}, the number of prompts, and for
 * each in order of its text the text and its images (height, width, RGB bytes), numbers big-endian.
 * The same references always give the same bytes.
 */
public final class ReferenceFile {
  private static final String MAGIC = "rewarddance-references 1";

  private ReferenceFile() {}

  /**
   * @return sha-256 of the file
   */
  public static String write(Path file, References references) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(MAGIC);
    out.writeInt(references.images().size());
    for (Map.Entry<String, List<Pixels>> entry : references.images().entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().size());
      for (Pixels image : entry.getValue()) {
        write(out, image);
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Durable.write(file, bytes.toByteArray());
    return Sha256.of(bytes.toByteArray());
  }

  /**
   * @param sha256 digest that the journal has
   * @throws IOException when the file isn't there, or isn't the one that the journal means
   */
  public static References read(Path file, String sha256) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String digest = Sha256.of(bytes);
    if (!digest.equals(sha256)) {
      throw new IOException(file + ": sha-256: " + digest + " (expected: " + sha256 + ")");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String magic = in.readUTF();
    if (!magic.equals(MAGIC)) {
      throw new IOException(file + ": '" + magic + "' (expected: '" + MAGIC + "')");
    }
    SortedMap<String, List<Pixels>> images = new TreeMap<>();
    for (int prompts = in.readInt(); prompts > 0; prompts--) {
      images.put(in.readUTF(), images(in));
    }
    return new References(images);
  }

  /** A video's number of frames comes first, made negative: no image begins with such a height. */
  private static void write(DataOutputStream out, Pixels image) throws IOException {
    if (image instanceof Video video) {
      out.writeInt(-video.frames());
    }
    Image first = image instanceof Video video ? video.frame(0) : image.sheet();
    out.writeInt(first.height());
    out.writeInt(first.width());
    out.write(image.rgb());
  }

  private static List<Pixels> images(DataInputStream in) throws IOException {
    List<Pixels> images = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      images.add(read(in));
    }
    return images;
  }

  private static Pixels read(DataInputStream in) throws IOException {
    int first = in.readInt();
    int height = first < 0 ? in.readInt() : first;
    int width = in.readInt();
    byte[] rgb =
        new byte[Math.max(1, -first) * Math.multiplyExact(height * width, Pixels.CHANNELS)];
    in.readFully(rgb);
    return first < 0 ? Video.of(-first, height, width, rgb) : Image.of(height, width, rgb);
  }
}
