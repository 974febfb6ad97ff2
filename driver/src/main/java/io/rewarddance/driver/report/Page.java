package io.rewarddance.driver.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What every page has: one file, no outside requests, the same looks. */
public final class Page {
  private Page() {}

  /** A page up to its body. */
  public static Html begin(String title) {
    Html out = new Html();
    out.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.element("title", title + " · RewardDance");
    return out.raw("<style>").raw(resource("report.css")).raw("</style></head><body>");
  }

  /** The rest of it. */
  public static String end(Html page) {
    return page.raw("</body></html>\n").toString();
  }

  /** A table; all cells are text. */
  public static String table(List<String> heads, List<List<String>> rows) {
    return Tables.table(heads, rows);
  }

  /** A drawing with its title and one line on how to read it. */
  public static String figure(String title, String note, String drawing) {
    Html out = new Html().raw("<figure class=\"chart\">").element("h3", title);
    return out.element("p class=\"note\"", note).raw(drawing).raw("</figure>").toString();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
