package io.rewarddance.driver.cli;

import io.rewarddance.driver.loop.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line that was run in this JVM. */
public record Ran(int code, String out, String err) {
  public static Ran of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commands(() -> new PlayedEngine(Phase.FINISHED))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
