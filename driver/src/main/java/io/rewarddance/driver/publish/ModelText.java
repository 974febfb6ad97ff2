package io.rewarddance.driver.publish;

import com.google.protobuf.TextFormat;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A model's {@code config.pbtxt}, read to be changed a little and written beside another model. */
public final class ModelText {
  /** Its name in a model's directory. */
  public static final String FILE = "config.pbtxt";

  private ModelText() {}

  /**
   * @throws IOException when it can't be read, or isn't one
   */
  public static ModelConfig read(Path model) throws IOException {
    Path file = model.resolve(FILE);
    ModelConfig.Builder config = ModelConfig.newBuilder();
    try {
      TextFormat.merge(Files.readString(file), config);
    } catch (TextFormat.ParseException e) {
      throw new IOException(file + ": " + e.getMessage() + " (expected: a model configuration)", e);
    }
    return config.build();
  }

  /** The text of a configuration for a model of another name, with more parameters. */
  public static String renamed(ModelConfig config, String name, Map<String, String> parameters) {
    ModelConfig.Builder other = config.toBuilder().setName(name);
    parameters.forEach(
        (key, value) ->
            other.putParameters(key, ModelParameter.newBuilder().setStringValue(value).build()));
    return TextFormat.printer().printToString(other.build());
  }

  /** The configuration without an output. */
  public static ModelConfig without(ModelConfig config, String output) {
    ModelConfig.Builder other = config.toBuilder().clearOutput();
    config.getOutputList().stream()
        .filter(tensor -> !tensor.getName().equals(output))
        .forEach(other::addOutput);
    return other.build();
  }

  /** A parameter, if it is there. */
  public static Optional<String> parameter(ModelConfig config, String key) {
    return Optional.ofNullable(config.getParametersMap().get(key))
        .map(ModelParameter::getStringValue);
  }
}
