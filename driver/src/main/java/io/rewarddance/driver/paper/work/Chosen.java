package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a reproduction was begun with. It stays when a later sitting has a larger budget, since
 * other sizes would make every cell another one.
 *
 * @param profile sizes of cells
 * @param seeds one for each round
 */
public record Chosen(Profile profile, List<Long> seeds) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Chosen {
    seeds = List.copyOf(seeds);
  }

  /**
   * What an earlier sitting chose; empty when there was none.
   *
   * @throws IOException when that can't be read
   */
  public static Optional<Chosen> read(Layout layout) throws IOException {
    if (!Files.exists(layout.settings())) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(layout.settings()));
      List<Long> seeds = new ArrayList<>();
      json.path("seeds").forEach(seed -> seeds.add(seed.asLong()));
      String profile = json.path("profile").asString("").toUpperCase(Locale.ROOT);
      return Optional.of(new Chosen(Profile.valueOf(profile), seeds));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          layout.settings() + ": " + e.getMessage() + " (expected: what reproduce wrote there)", e);
    }
  }

  public void write(Layout layout) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", profile.label());
    json.put("seeds", seeds);
    Files.createDirectories(layout.out());
    Durable.write(
        layout.settings(), (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
