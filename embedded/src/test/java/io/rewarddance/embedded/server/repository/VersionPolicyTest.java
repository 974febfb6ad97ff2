package io.rewarddance.embedded.server.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "'', '[10]'",
    "version_policy { latest { num_versions: 2 } }, '[9, 10]'",
    "version_policy { all {} }, '[1, 9, 10]'",
    "'version_policy { specific { versions: [ 1, 7 ] } }', '[1]'"
  })
  void versionsAreChosenByNumberNotByText(String policy, String selected) throws Exception {
    ModelConfig.Builder config = ModelConfig.newBuilder();
    TextFormat.merge(policy, config);
    assertThat(VersionPolicy.select(config.build(), new TreeSet<>(List.of(1L, 9L, 10L))))
        .hasToString(selected);
  }

  @Test
  void onlyNumberedDirectoriesAreVersions(@TempDir Path model) throws Exception {
    for (String name : List.of("1", "12", "01", "tmp-3", "3a", "-4", "configs")) {
      Files.createDirectory(model.resolve(name));
    }
    Files.createFile(model.resolve("7"));
    assertThat(VersionPolicy.present(model)).containsExactly(1L, 12L);
  }
}
