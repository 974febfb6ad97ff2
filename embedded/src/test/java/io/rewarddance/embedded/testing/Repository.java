package io.rewarddance.embedded.testing;

import com.google.protobuf.TextFormat;
import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model repository that ships with the project. */
public final class Repository {
  private Repository() {}

  public static Path model(String name) {
    return Path.of(System.getProperty("rewarddance.root"), "triton-models", "repository", name);
  }

  /** The directory of a model's shipped version. */
  public static Path version(String name) {
    return model(name).resolve("1");
  }

  public static ModelConfig config(String name) {
    return config(model(name));
  }

  /** The configuration in a model's directory. */
  public static ModelConfig config(Path model) {
    try {
      String text = Files.readString(model.resolve("config.pbtxt"));
      return TextFormat.parse(text, ModelConfig.class);
    } catch (IOException e) {
      throw new IllegalStateException(model.toString(), e);
    }
  }

  /** A copy of the shipped version's files, to be spoilt. */
  public static Path copyVersion(String name, Path target) throws IOException {
    Files.createDirectories(target);
    try (var files = Files.list(version(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
