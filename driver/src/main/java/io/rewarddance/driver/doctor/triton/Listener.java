package io.rewarddance.driver.doctor.triton;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** What listens at an endpoint that doesn't answer as it should; found by talking to it. */
enum Listener {
  /** Triton's HTTP port. */
  TRITON_HTTP,
  /** Some other HTTP server. */
  HTTP,
  /** Somebody who speaks TLS. */
  TLS,
  /** Somebody else. */
  OTHER,
  NOBODY;

  private static final int MILLIS = 2000;
  private static final int ENOUGH = 4096;

  static Listener at(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = endpoint.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(endpoint.substring(colon + 1));
    String answer;
    try (Socket socket = open(host, port)) {
      answer = http(socket, host);
    } catch (IOException e) {
      return NOBODY;
    }
    if (answer.startsWith("HTTP/")) {
      return answer.contains("\"name\":\"triton\"") ? TRITON_HTTP : HTTP;
    }
    try (Socket socket = open(host, port)) {
      return tls(socket, host, port) ? TLS : OTHER;
    } catch (IOException e) {
      return OTHER;
    }
  }

  private static Socket open(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The beginning of the answer to a request for the server's metadata; empty for none. */
  private static String http(Socket socket, String host) {
    try {
      String request = "GET /v2 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return beginning(socket.getInputStream());
    } catch (IOException e) {
      return "";
    }
  }

  /** What comes until the end, or until nothing comes any more. */
  private static String beginning(InputStream in) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[ENOUGH];
    try {
      for (int n = in.read(buffer); n >= 0 && read.size() < ENOUGH; n = in.read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Silence or a broken connection: what came before is the answer.
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Also true for a handshake that fails by a certificate or an alert: both need TLS. */
  private static boolean tls(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
      socket.startHandshake();
      return true;
    } catch (SSLException e) {
      String said = String.valueOf(e.getMessage());
      return said.contains("fatal alert") || said.contains("PKIX") || byCertificate(e);
    }
  }

  private static boolean byCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}
