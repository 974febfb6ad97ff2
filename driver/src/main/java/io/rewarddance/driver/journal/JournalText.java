package io.rewarddance.driver.journal;

import io.rewarddance.rollout.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines as JSON text, and their digests. The text of {@code data} is what is digested: fields in
 * the order in which they were put, numbers as Jackson writes them, which reads back and writes
 * again to the same text.
 */
public final class JournalText {
  static final String GENESIS = "0".repeat(64);

  /**
   * Not the JDK's own double to text: it changed between JDK 17 and 19. Maps in the order of their
   * keys: immutable ones have another order in every process.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private JournalText() {}

  /** The mapper for values that go into a journal. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  static String write(JournalLine line) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("kind", line.kind().wireName());
    node.set("data", line.data());
    node.set("machine", line.machine());
    node.put("digest", line.digest());
    return MAPPER.writeValueAsString(node);
  }

  /**
   * @throws JournalException when the text isn't a line of a journal
   */
  static JournalLine read(String text) throws JournalException {
    try {
      JsonNode node = MAPPER.readTree(text);
      Kind kind =
          Kind.of(node.path("kind").asString(""))
              .orElseThrow(() -> new JournalException("kind: " + node.path("kind")));
      return new JournalLine(
          kind, object(node, "data"), object(node, "machine"), node.path("digest").asString(""));
    } catch (JacksonException e) {
      throw new JournalException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectNode object(JsonNode line, String field) throws JournalException {
    if (line.path(field) instanceof ObjectNode object) {
      return object;
    }
    throw new JournalException(field + ": " + line.path(field) + " (expected: an object)");
  }

  /** The digest after a line. */
  static String digest(String before, Kind kind, ObjectNode data) {
    if (!kind.isChained()) {
      return before;
    }
    MessageDigest sha = Sha256.fresh();
    sha.update((before + "\n" + kind.wireName() + "\n").getBytes(StandardCharsets.UTF_8));
    sha.update(MAPPER.writeValueAsString(data).getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(sha);
  }
}
