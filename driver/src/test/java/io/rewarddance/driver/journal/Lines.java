package io.rewarddance.driver.journal;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Content of journals under test. */
final class Lines {
  private Lines() {}

  static ObjectNode object() {
    return JournalText.mapper().createObjectNode();
  }

  /** Three chained lines and a note: every kind of value that a journal holds. */
  static void write(Journal journal, double seconds) throws IOException {
    journal.append(Kind.START, object().put("seed", 7), machine(seconds));
    journal.append(Kind.NOTE, object().put("what", "paused"), machine(seconds));
    journal.append(Kind.STORED, stored(), machine(seconds));
    journal.append(
        Kind.ITERATION, object().put("tiny", 1.0E-5).put("text", "größe \"5\""), object());
  }

  private static ObjectNode stored() {
    ObjectNode data = object().put("rewardMean", 0.1).put("whole", 3.0).put("none", Double.NaN);
    data.putArray("groups").add(1).add(2L);
    return data;
  }

  private static ObjectNode machine(double seconds) {
    return object().put("seconds", seconds);
  }

  static String made(Path journal, double seconds) throws IOException {
    try (Journal made = Journal.create(journal)) {
      write(made, seconds);
      return made.digest();
    }
  }
}
