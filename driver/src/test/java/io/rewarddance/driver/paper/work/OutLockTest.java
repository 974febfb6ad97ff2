package io.rewarddance.driver.paper.work;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutLockTest {
  @Test
  void oneAtATime(@TempDir Path out) throws IOException {
    Layout layout = new Layout(out.resolve("paper"));
    OutLock first = OutLock.take(layout);
    assertThatThrownBy(() -> OutLock.take(layout)).hasMessageContaining("another reproduction");
    first.close();
    OutLock.take(layout).close();
  }
}
