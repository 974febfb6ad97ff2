package io.rewarddance.driver.config;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/** Certificates where they are used, and tokens where nobody can read them on the way. */
final class Security {
  private static final String[] FILES = {"ca", "certificate", "key"};

  private final Rules rules;

  Security(Rules rules) {
    this.rules = rules;
  }

  void triton() {
    pair("triton.tls.");
    boolean enabled = rules.value("triton.tls.enabled").asBoolean();
    if (enabled && rules.is("triton.endpoints[0]", "embedded")) {
      rules.clash("triton.tls.enabled", "false", "triton.endpoints");
    }
    for (String file : FILES) {
      if (!enabled && rules.has("triton.tls." + file)) {
        rules.clash("triton.tls." + file, "none", "triton.tls.enabled");
      }
    }
    if (!enabled && rules.has("triton.token_file") && leavesThisMachine()) {
      String safe = "true: the token could be read on the way,";
      rules.clash("triton.tls.enabled", safe, "triton.token_file");
    }
  }

  private boolean leavesThisMachine() {
    for (JsonNode endpoint : rules.value("triton.endpoints")) {
      if (!endpoint.asString().equals("embedded") && !Loopback.is(endpoint.asString())) {
        return true;
      }
    }
    return false;
  }

  void training() {
    pair("training.tls.");
    String endpoint = rules.value("training.endpoint").asString();
    boolean encrypted = endpoint.startsWith("https://");
    for (String file : FILES) {
      if (!encrypted && rules.has("training.tls." + file)) {
        rules.clash("training.tls." + file, "none", "training.endpoint");
      }
    }
    if (endpoint.startsWith("http://")
        && rules.has("training.token_file")
        && !Loopback.is(String.valueOf(URI.create(endpoint).getHost()))) {
      String safe = "https, or an address of this machine: the token could be read on the way,";
      rules.clash("training.endpoint", safe, "training.token_file");
    }
  }

  private void pair(String tls) {
    if (rules.has(tls + "certificate") != rules.has(tls + "key")) {
      boolean noKey = rules.has(tls + "certificate");
      rules.clash(
          tls + (noKey ? "key" : "certificate"), "a file", tls + (noKey ? "certificate" : "key"));
    }
  }
}
