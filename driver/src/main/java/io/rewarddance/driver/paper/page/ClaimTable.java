package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.claim.Claim;
import io.rewarddance.driver.report.Html;
import java.util.List;
import java.util.Locale;

/** Each claim with its verdict. */
final class ClaimTable {
  private final List<Claim> claims;

  ClaimTable(List<Claim> claims) {
    this.claims = claims;
  }

  String html() {
    Html out = new Html().raw("<div class=\"scroll\"><table><thead><tr>");
    for (String head : List.of("finding", "verdict", "measured, 95 %", "why", "the paper")) {
      out.element("th", head);
    }
    out.raw("</tr></thead><tbody>");
    for (Claim claim : claims) {
      row(out, claim);
    }
    return out.raw("</tbody></table></div>").toString();
  }

  private static void row(Html out, Claim claim) {
    out.raw("<tr><td>").text(claim.statement());
    out.raw("<br><small>")
        .text(claim.rule())
        .raw("</small></td><td><b class=\"")
        .raw(claim.ruling().verdict().name().toLowerCase(Locale.ROOT))
        .raw("\">")
        .text(claim.ruling().verdict().words())
        .raw("</b></td>");
    out.element("td", measured(claim));
    out.element("td", claim.ruling().because());
    out.element("td", claim.source()).raw("</tr>");
  }

  static String measured(Claim claim) {
    return claim
        .ruling()
        .measured()
        .map(
            m ->
                Text.format(
                    "%+.3f [%+.3f, %+.3f], n %d, %s",
                    m.mean(), m.low(), m.high(), m.n(), seeds(claim.ruling().seeds())))
        .orElse("-");
  }

  private static String seeds(int seeds) {
    return Text.plural(seeds, "seed");
  }
}
