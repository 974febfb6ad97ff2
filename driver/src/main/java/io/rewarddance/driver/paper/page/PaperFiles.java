package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.paper.claim.Claim;
import io.rewarddance.driver.paper.claim.Claims;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.Chosen;
import io.rewarddance.driver.paper.work.Layout;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code report.html} and {@code findings.json}. */
public final class PaperFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private PaperFiles() {}

  /**
   * Writes both, each in one step.
   *
   * @return the claims with their verdicts
   */
  public static List<Claim> write(Layout layout, Chosen chosen, Standing standing)
      throws IOException {
    List<Claim> claims = Claims.on(new Evidence(standing));
    write(layout.report(), new PaperPage(chosen, standing, claims).html());
    write(layout.findings(), JSON.writeValueAsString(json(chosen, claims)) + "\n");
    return claims;
  }

  private static Map<String, Object> json(Chosen chosen, List<Claim> claims) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", chosen.profile().label());
    json.put("seeds", chosen.seeds());
    List<Map<String, Object>> findings = new ArrayList<>();
    claims.forEach(claim -> findings.add(finding(claim)));
    json.put("findings", findings);
    return json;
  }

  private static Map<String, Object> finding(Claim claim) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", claim.id());
    json.put("source", claim.source());
    json.put("statement", claim.statement());
    json.put("verdict", claim.ruling().verdict().words());
    json.put("measured", claim.ruling().measured().orElse(null));
    json.put("seeds", claim.ruling().seeds());
    json.put("because", claim.ruling().because());
    json.put("rule", claim.rule());
    return json;
  }

  private static void write(Path file, String text) throws IOException {
    Durable.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
