package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.rewarddance.driver.testing.TritonConfigs;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a channel tells a server when it connects, read as plain HTTP/2 frames (RFC 9113). */
final class ChannelsTest {
  private static final int PREFACE = 24;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int DEFAULT_WINDOW = 65_535;
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0};

  /** Windows of one answer, and of all together. */
  private record Windows(long stream, long connection) {}

  @ParameterizedTest
  @CsvSource({
    "4KiB, 4096, 4194304",
    "64MiB, 67108864, 67108864",
    "3GiB, 3221225472, 2147483647",
  })
  void allThatMayBeUnderWayFitsIntoTheWindows(String name, long bound, long window)
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ManagedChannel channel =
          Channels.open("localhost:" + server.getLocalPort(), TritonConfigs.ofBounds(bound, 4));
      try {
        channel.getState(true);
        assertThat(windows(server)).as(name).isEqualTo(new Windows(window, window));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static Windows windows(ServerSocket server) throws IOException {
    try (Socket socket = server.accept();
        DataInputStream frames = new DataInputStream(socket.getInputStream())) {
      frames.skipNBytes(PREFACE);
      socket.getOutputStream().write(EMPTY_SETTINGS);
      long stream = DEFAULT_WINDOW;
      while (true) {
        int length = frames.readUnsignedByte() << 16 | frames.readUnsignedShort();
        int type = frames.readUnsignedByte();
        frames.skipNBytes(1 + Integer.BYTES);
        if (type == WINDOW_UPDATE) {
          return new Windows(stream, DEFAULT_WINDOW + Integer.toUnsignedLong(frames.readInt()));
        }
        for (int read = 0; read < length; read += Short.BYTES + Integer.BYTES) {
          int setting = frames.readUnsignedShort();
          long value = Integer.toUnsignedLong(frames.readInt());
          stream = type == SETTINGS && setting == INITIAL_WINDOW_SIZE ? value : stream;
        }
      }
    }
  }
}
