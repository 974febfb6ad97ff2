package io.rewarddance.embedded.server.repository;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.JsonFormat;
import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads model configurations: config.pbtxt as protobuf text, overrides as JSON. */
public final class ConfigReader {
  public static final String FILE_NAME = "config.pbtxt";

  private ConfigReader() {}

  /**
   * @throws IOException naming the file, and line and column of what can't be read
   */
  public static ModelConfig read(Path modelDirectory) throws IOException {
    Path file = modelDirectory.resolve(FILE_NAME);
    try {
      ModelConfig.Builder config = ModelConfig.newBuilder();
      TextFormat.merge(Files.readString(file), config);
      return config.build();
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (TextFormat.ParseException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * @throws IOException saying what can't be read
   */
  public static ModelConfig fromJson(String json) throws IOException {
    try {
      ModelConfig.Builder config = ModelConfig.newBuilder();
      JsonFormat.parser().merge(json, config);
      return config.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
