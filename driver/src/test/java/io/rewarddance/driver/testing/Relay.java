package io.rewarddance.driver.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A wire between a client and a server that can be cut, as if the server's machine had died, or be
 * slow.
 */
public final class Relay implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final ServerSocket listening;
  private final String target;
  private volatile Duration delay = Duration.ZERO;
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

  /** How late everything arrives, either way, from now on; also what is on its way. */
  public void delay(Duration delay) {
    this.delay = delay;
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

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[CHUNK];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        hold();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // Cut, or the other side went away.
    }
  }

  /** Looks at the delay again and again: a wire that gets quick lets go of what it holds. */
  private void hold() {
    long since = System.nanoTime();
    while (System.nanoTime() - since < delay.toNanos()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
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
