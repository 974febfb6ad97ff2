package io.rewarddance.driver.journal;

import tools.jackson.databind.node.ObjectNode;

/**
 * One line.
 *
 * @param kind what it tells
 * @param data the same in every equal run
 * @param machine what may differ between equal runs: times, addresses, causes of failures
 * @param digest of the chain up to and with this line
 */
public record JournalLine(Kind kind, ObjectNode data, ObjectNode machine, String digest) {
  /** The line as it stands in the file, without its line end. */
  public String text() {
    return JournalText.write(this);
  }
}
