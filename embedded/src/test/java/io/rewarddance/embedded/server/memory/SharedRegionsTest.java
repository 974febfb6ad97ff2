package io.rewarddance.embedded.server.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedRegionsTest {
  @TempDir Path directory;
  private SharedRegions regions;

  @BeforeEach
  void makeObject() throws Exception {
    Files.write(directory.resolve("object"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    regions = new SharedRegions(directory);
  }

  @Test
  void rangesAreTheClientsOwnBytes() throws Exception {
    regions.register("r", "/object", 2, 4);
    assertThat(regions.range("r", 1, 2).get(0)).isEqualTo((byte) 3);
    regions.range("r", 1, 2).put(0, (byte) 9);
    assertThat(Files.readAllBytes(directory.resolve("object"))[3]).isEqualTo((byte) 9);
    assertThat(regions.status("r")).extracting(SharedRegion::offset).containsExactly(2L);
  }

  @Test
  void wrongRangesAndNamesAreRefusedInTritonsWords() {
    regions.register("r", "object", 0, 8);
    assertThatThrownBy(() -> regions.register("r", "object", 0, 8))
        .hasMessage("shared memory region 'r' already in manager");
    assertThatThrownBy(() -> regions.register("s", "/nothing", 0, 8))
        .hasMessage("Unable to open shared memory region: '/nothing'");
    assertThatThrownBy(() -> regions.register("s", "/../object", 0, 8))
        .hasMessage("Unable to open shared memory region: '/../object'");
    assertThatThrownBy(() -> regions.register("s", "/object", 4, 5))
        .hasMessage("failed to register shared memory region 's': invalid args");
    assertThatThrownBy(() -> regions.register("s", "/object", -1, 5))
        .hasMessage("failed to register shared memory region 's': invalid args");
    assertThatThrownBy(() -> regions.range("r", 8, 0))
        .hasMessage("Invalid offset for shared memory region: 'r'");
    assertThatThrownBy(() -> regions.range("r", 4, 5))
        .hasMessage("Invalid offset + byte size for shared memory region: 'r'");
    assertThatThrownBy(() -> regions.range("z", 0, 1))
        .hasMessage("Unable to find shared memory region: 'z'");
  }

  @Test
  void theEmptyNameForgetsAllRegions() {
    regions.register("r", "object", 0, 8);
    regions.unregister("unknown");
    regions.unregister("");
    assertThat(regions.status("")).isEmpty();
    assertThatThrownBy(() -> regions.status("r"))
        .hasMessage("Unable to find system shared memory region: 'r'");
  }
}
