package io.rewarddance.driver.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** sha-256 of a file's bytes. */
public final class FileDigest {
  private static final int CHUNK = 1 << 16;

  private FileDigest() {}

  /** Lower-case hex. */
  public static String of(Path file) throws IOException {
    MessageDigest sha = sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.read(chunk)) >= 0) {
        sha.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** A fresh sha-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
