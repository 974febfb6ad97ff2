package io.rewarddance.driver.reference;

import io.rewarddance.rollout.Image;
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
    for (Map.Entry<String, List<Image>> entry : references.images().entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().size());
      for (Image image : entry.getValue()) {
        out.writeInt(image.height());
        out.writeInt(image.width());
        out.write(image.rgb());
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
    SortedMap<String, List<Image>> images = new TreeMap<>();
    for (int prompts = in.readInt(); prompts > 0; prompts--) {
      images.put(in.readUTF(), images(in));
    }
    return new References(images);
  }

  private static List<Image> images(DataInputStream in) throws IOException {
    List<Image> images = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      int height = in.readInt();
      int width = in.readInt();
      byte[] rgb = new byte[Math.multiplyExact(height * width, Image.CHANNELS)];
      in.readFully(rgb);
      images.add(Image.of(height, width, rgb));
    }
    return images;
  }
}
