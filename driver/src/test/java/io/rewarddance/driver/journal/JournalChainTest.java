package io.rewarddance.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class JournalChainTest {
  @TempDir Path directory;

  private static final String GENESIS = "0".repeat(64);

  /** The formula of docs/journal.md, by other means than the journal's own. */
  private static String sha(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void theFileIsAsDocumented() throws Exception {
    Path file = directory.resolve("journal.jsonl");
    Lines.made(file, 1.5);
    String first = sha(GENESIS + "\nstart\n{\"seed\":7}");
    String stored = "{\"rewardMean\":0.1,\"whole\":3.0,\"none\":\"NaN\",\"groups\":[1,2]}";
    String second = sha(first + "\nstored\n" + stored);
    String iteration = "{\"tiny\":1.0E-5,\"text\":\"größe \\\"5\\\"\"}";
    String third = sha(second + "\niteration\n" + iteration);
    String machine = ",\"machine\":{\"seconds\":1.5},\"digest\":\"";
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"kind\":\"start\",\"data\":{\"seed\":7}"
                + machine
                + first
                + "\"}\n"
                + "{\"kind\":\"note\",\"data\":{\"what\":\"paused\"}"
                + machine
                + first
                + "\"}\n"
                + "{\"kind\":\"stored\",\"data\":"
                + stored
                + machine
                + second
                + "\"}\n"
                + "{\"kind\":\"iteration\",\"data\":"
                + iteration
                + ",\"machine\":{},\"digest\":\""
                + third
                + "\"}\n");
  }

  @Test
  void theDigestNeverChangesBetweenVersions() throws IOException {
    assertThat(Lines.made(directory.resolve("journal.jsonl"), 1.5))
        .isEqualTo("7b3d6c0e330848baacd25318f7df6aec8696f92c18955ceeff4c9622175f2b46");
  }

  @Test
  void whatDependsOnTheMachineIsOutsideTheDigest() throws IOException {
    String digest = Lines.made(directory.resolve("one"), 1.5);
    assertThat(Lines.made(directory.resolve("other"), 99)).isEqualTo(digest);
    assertThat(Files.readString(directory.resolve("one")))
        .isNotEqualTo(Files.readString(directory.resolve("other")));
  }

  @Test
  void everyChainedLineCounts() throws IOException {
    String digest = Lines.made(directory.resolve("all"), 1);
    try (Journal fewer = Journal.create(directory.resolve("fewer"))) {
      fewer.append(Kind.START, Lines.object().put("seed", 7), Lines.object());
      fewer.append(
          Kind.ITERATION,
          Lines.object().put("tiny", 1.0E-5).put("text", "größe \"5\""),
          Lines.object());
      assertThat(fewer.digest()).isNotEqualTo(digest);
    }
  }

  @Test
  void aResumedJournalGivesTheSameDigests() throws IOException {
    Path whole = directory.resolve("whole");
    Lines.made(whole, 1);
    List<JournalLine> lines = JournalReader.read(whole).lines();
    Path pieces = directory.resolve("pieces");
    Journal.create(pieces).close();
    for (JournalLine line : lines) {
      try (Journal journal = Journal.append(pieces, JournalReader.read(pieces))) {
        journal.append(Kind.NOTE, Lines.object().put("what", "resumed"), Lines.object());
        journal.append(line.kind(), line.data(), line.machine());
        assertThat(journal.digest()).isEqualTo(line.digest());
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20);
  }

  /** Every number and text reads back and writes again to the text that was digested. */
  @Property(tries = 500)
  void anyContentSurvivesReading(
      @ForAll double number, @ForAll float single, @ForAll long whole, @ForAll("texts") String text)
      throws IOException {
    ObjectNode data = Lines.object().put("d", number).put("f", single).put("l", whole);
    data.put(text, text);
    JournalLine line =
        new JournalLine(
            Kind.START, data, data.deepCopy(), JournalText.digest(GENESIS, Kind.START, data));
    JournalLine read = JournalText.read(line.text());
    assertThat(read.text()).isEqualTo(line.text());
    assertThat(JournalText.digest(GENESIS, Kind.START, read.data())).isEqualTo(line.digest());
  }
}
