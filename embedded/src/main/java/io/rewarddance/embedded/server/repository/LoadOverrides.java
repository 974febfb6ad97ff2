package io.rewarddance.embedded.server.repository;

import com.google.protobuf.ByteString;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.ModelRepositoryParameter;
import io.rewarddance.proto.triton.ModelRepositoryParameter.ParameterChoiceCase;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a load request brings along in place of the repository's files.
 *
 * @param configJson a configuration as JSON
 * @param files contents by path below the model directory; then only these files exist for it
 */
public record LoadOverrides(Optional<String> configJson, Map<String, ByteString> files) {
  public static final LoadOverrides NONE = new LoadOverrides(Optional.empty(), Map.of());

  private static final String CONFIG = "config";
  private static final String FILE_PREFIX = "file:";

  public LoadOverrides {
    files = Map.copyOf(files);
  }

  public boolean isPresent() {
    return configJson.isPresent();
  }

  /**
   * @throws RequestException INVALID_ARGUMENT for an unknown parameter or a value of another type
   */
  public static LoadOverrides of(Map<String, ModelRepositoryParameter> parameters) {
    Optional<String> config = Optional.empty();
    Map<String, ByteString> files = new TreeMap<>();
    for (Map.Entry<String, ModelRepositoryParameter> entry : parameters.entrySet()) {
      String key = entry.getKey();
      ModelRepositoryParameter value = entry.getValue();
      if (key.equals(CONFIG)) {
        require(key, value, ParameterChoiceCase.STRING_PARAM, "string_param");
        config = Optional.of(value.getStringParam());
      } else if (key.startsWith(FILE_PREFIX)) {
        require(key, value, ParameterChoiceCase.BYTES_PARAM, "bytes_param");
        files.put(key.substring(FILE_PREFIX.length()), value.getBytesParam());
      } else {
        throw RequestException.invalid("unrecognized load parameter '" + key + "'.");
      }
    }
    return new LoadOverrides(config, files);
  }

  private static void require(
      String key, ModelRepositoryParameter value, ParameterChoiceCase wanted, String name) {
    if (value.getParameterChoiceCase() != wanted) {
      throw RequestException.invalid(
          "invalid value type for load parameter '" + key + "', expected " + name + ".");
    }
  }
}
