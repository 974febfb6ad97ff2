package io.rewarddance.driver.paper.work;

/** Names of what cells measure. */
public final class Measures {
  /** Preferences: pairs of a set, with its name. */
  public static final String PAIRS_OF = "pairs.";

  /** Preferences: share of a set's answers that agree with the true scores, with its name. */
  public static final String AGREEMENT_OF = "agreement.";

  /** Judges: share of in-domain pairs answered as the annotator did. */
  public static final String ACCURACY_IN = "accuracy_in_domain";

  /** Judges: the same over all out-of-domain sets, pairs pooled. */
  public static final String ACCURACY_OUT = "accuracy_out_of_domain";

  /** Judges: the same for one set, with its name. */
  public static final String ACCURACY_OF = "accuracy.";

  /** Judges: expected calibration error in domain. */
  public static final String CALIBRATION = "calibration_error_in_domain";

  /** Judges: mean log-loss in domain, nats. */
  public static final String LOG_LOSS = "log_loss_in_domain";

  /** Judges: the update that was best on the selection set, from 0. */
  public static final String BEST_UPDATE = "best_update";

  /** Curves of judges: log loss on the selection set, nats, over updates. */
  public static final String SELECTION_LOSS = "log_loss_selection";

  /** Searches: rank correlation of P(yes) and graded gold inside groups of plain images. */
  public static final String RANK = "rank_correlation";

  /** Runs: strict gold before; searches: of plain images. */
  public static final String GOLD_BEFORE = "gold_before";

  /** Runs: strict gold after; searches: of the answers. */
  public static final String GOLD_AFTER = "gold_after";

  /** Searches: strict gold of best-of-N at the same budget. */
  public static final String GOLD_BEST_OF_N = "gold_best_of_n";

  /** Runs: graded gold after. */
  public static final String GRADED_AFTER = "graded_after";

  /** Runs: P(yes) on held-out prompts before and after. */
  public static final String P_YES_BEFORE = "p_yes_before";

  public static final String P_YES_AFTER = "p_yes_after";

  /** Runs: reward sigma over the last window. */
  public static final String SIGMA_LATE = "reward_sigma_late";

  /** Runs: when who notices that something is wrong; iterations done by then. */
  public static final String NOTICED = "noticed.";

  /** Curves of runs. */
  public static final String GOLD = "gold";

  public static final String P_YES = "p_yes";

  public static final String SIGMA = "reward_sigma";

  /** Seconds of the loop without evaluations. */
  public static final String TRAINING = "training";

  private Measures() {}
}
