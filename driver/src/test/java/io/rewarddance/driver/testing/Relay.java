package io.rewarddance.driver.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A wire between a client and a server that can be cut: as if the server's machine had died. */
public final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final String target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /**
   * @param target {@code host:port}
   */
  public Relay(String target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public String endpoint() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Resets all connections, and takes no more. */
  public void cut() {
    try {
      listening.close();
      for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
        reset(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Closed by the other side already.
    }
    socket.close();
  }

  private void accept() {
    String[] parts = target.split(":");
    while (!listening.isClosed()) {
      try {
        Socket from = listening.accept();
        Socket to = new Socket(parts[0], Integer.parseInt(parts[1]));
        sockets.add(from);
        sockets.add(to);
        daemon(() -> copy(from, to));
        daemon(() -> copy(to, from));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut, or the other side went away.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    cut();
  }
}
