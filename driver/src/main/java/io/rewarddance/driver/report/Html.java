package io.rewarddance.driver.report;

/** Text that grows into a page; everything that isn't markup of ours goes through {@link #text}. */
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup, as it is. */
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text of any origin, escaped. */
  public Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** {@code <tag>text</tag>}, the text escaped. */
  public Html element(String tag, String text) {
    return raw("<" + tag + ">").text(text).raw("</" + tag.split(" ", 2)[0] + ">");
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
