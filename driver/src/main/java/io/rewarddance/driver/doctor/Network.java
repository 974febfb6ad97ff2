package io.rewarddance.driver.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports to listen on, and servers to reach. */
final class Network {
  private static final int MILLIS = 3000;

  private Network() {}

  static Finding loopback() {
    return listen("loopback port", 0);
  }

  /** Whether a fixed port on this machine is free. */
  static Finding listen(String name, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok(name, "can listen on " + socket.getLocalPort());
    } catch (IOException e) {
      return Finding.problem(
          name, "can't listen on " + port + ": " + e.getMessage(), "free it, or choose another");
    }
  }

  static Finding reach(String name, String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      return Finding.ok(name, host + ":" + port + " answers");
    } catch (IOException e) {
      String detail = host + ":" + port + " can't be reached: " + e.getMessage();
      return Finding.problem(name, detail, "start it, or mend its address in the experiment file");
    }
  }
}
