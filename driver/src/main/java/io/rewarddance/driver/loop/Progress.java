package io.rewarddance.driver.loop;

/**
 * How far a stage has come.
 *
 * @param stage what is being done
 * @param done units finished
 * @param total units in all, at least 1
 */
public record Progress(Stage stage, int done, int total) {
  /** What is being done; {@link #label()} is the word for people. */
  public enum Stage {
    START("starting services"),
    REFERENCES("choosing references"),
    NOISE("measuring the judges' noise"),
    EVALUATE("evaluating"),
    GENERATE("generating"),
    JUDGE("judging"),
    STORE("storing"),
    UPDATE("training"),
    PUBLISH("publishing"),
    REPORT("reporting");

    private final String label;

    Stage(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public Progress {
    if (total < 1 || done < 0 || done > total) {
      throw new IllegalArgumentException(
          "progress: " + done + " of " + total + " (expected: 0 <= done <= total, total >= 1)");
    }
  }
}
