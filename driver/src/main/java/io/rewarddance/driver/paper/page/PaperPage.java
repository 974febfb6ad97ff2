package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Claim;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.claim.Verdict;
import io.rewarddance.driver.paper.work.Chosen;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.report.Page;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page: findings first, then each table beside the paper's, then the cells. */
public final class PaperPage {
  private final Chosen chosen;
  private final Standing standing;
  private final List<Claim> claims;
  private final Evidence evidence;

  public PaperPage(Chosen chosen, Standing standing, List<Claim> claims) {
    this.chosen = chosen;
    this.standing = standing;
    this.claims = List.copyOf(claims);
    this.evidence = new Evidence(standing);
  }

  public String html() {
    Html out = Page.begin("RewardDance in miniature");
    header(out);
    out.raw("<section><h2>Findings</h2>").raw(new ClaimTable(claims).html());
    out.element(
            "p class=\"note\"",
            "Rules were fixed before any result was seen: docs/reproduce-paper.md. n counts what was drawn"
                + " again: cells for correlations, seeds for differences.")
        .raw("</section>");
    section(out, Table.LADDER, new LadderSection(evidence).html());
    for (Table table :
        List.of(Table.PARADIGMS, Table.REFERENCES, Table.REASONS, Table.ALGORITHMS)) {
      section(out, table, new ArmSection(evidence, table).html());
    }
    section(out, Table.HACKING, new HackingSection(evidence).html());
    out.raw("<section><h2>Cells</h2>");
    out.element(
        "p class=\"note\"",
        "Each is a directory with its settings file; run it again by hand with the command that made it.");
    out.raw(new CellTable(standing).html()).raw("</section>");
    return Page.end(out);
  }

  private void header(Html out) {
    out.raw("<header>").element("h1", "RewardDance in miniature");
    long done = standing.cells().stream().filter(c -> standing.numbers(c).isPresent()).count();
    out.element(
        "p",
        Text.format(
            "profile %s, seeds %s; %d of %d cells done in %s",
            chosen.profile().label(),
            chosen.seeds(),
            done,
            standing.cells().size(),
            Text.clock(standing.seconds())));
    out.element("p", verdicts());
    out.element(
            "p",
            "The paper's models have 1 to 26 billion parameters, its judges of images are people. Here judges have"
                + " thousands to millions, and an oracle counts what was drawn. Directions can be compared, heights can't.")
        .raw("</header>");
  }

  private String verdicts() {
    return List.of(Verdict.values()).stream()
        .map(v -> count(v) + " " + v.words())
        .collect(Collectors.joining(", "));
  }

  private long count(Verdict verdict) {
    return claims.stream().filter(claim -> claim.ruling().verdict() == verdict).count();
  }

  private void section(Html out, Table table, String content) {
    out.raw("<section>").element("h2", table.title());
    for (Claim claim : claims) {
      if (claim.table().equals(Optional.of(table))) {
        out.element("p", claim.ruling().verdict().words() + ": " + claim.statement());
      }
    }
    out.raw(content).raw("</section>");
  }
}
