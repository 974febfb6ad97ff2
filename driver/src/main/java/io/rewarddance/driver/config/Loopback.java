package io.rewarddance.driver.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that no other machine is on the way to. */
public final class Loopback {
  private Loopback() {}

  /**
   * @param endpoint {@code host:port} or a host; an IPv6 address in brackets
   * @return false also for a name that can't be resolved
   */
  public static boolean is(String endpoint) {
    try {
      return InetAddress.getByName(endpoint.replaceFirst(":\\d+$", "")).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
