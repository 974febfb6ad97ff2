package io.rewarddance.driver.judges.collect;

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
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Images on disk, for a job that may be killed: a key that says what they are of, the images, and a
 * sha-256 of all that. A file that isn't right in every byte counts as none.
 */
final class ImageCache {
  private static final int DIGEST_BYTES = 32;

  private ImageCache() {}

  /** The images, if they are there. */
  static Optional<List<Image>> read(Path file, String key) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - DIGEST_BYTES;
    if (end < 0
        || !Arrays.equals(digest(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
    return in.readUTF().equals(key) ? Optional.of(images(in)) : Optional.empty();
  }

  private static List<Image> images(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Image> images = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int height = in.readInt();
      int width = in.readInt();
      images.add(Image.of(height, width, in.readNBytes(height * width * Image.CHANNELS)));
    }
    return images;
  }

  static void write(Path file, String key, List<Image> images) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(key);
    out.writeInt(images.size());
    for (Image image : images) {
      out.writeInt(image.height());
      out.writeInt(image.width());
      out.write(image.rgb());
    }
    byte[] content = bytes.toByteArray();
    bytes.writeBytes(digest(content, content.length));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Durable.write(file, bytes.toByteArray());
  }

  private static byte[] digest(byte[] bytes, int length) {
    MessageDigest sha = Sha256.fresh();
    sha.update(bytes, 0, length);
    return sha.digest();
  }
}
