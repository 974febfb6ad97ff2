package io.rewarddance.driver.config;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What each class of failure leads to, once the retries of a single request (which are always safe)
 * are used up.
 *
 * @param onJudgeFailure a rollout got no answer that counts
 * @param ofJudges the same for one judge, by its name; for judges that aren't named it is {@code
 *     onJudgeFailure}
 * @param onGeneratorFailure a group got no images that count
 * @param onBackendFailure an update failed
 * @param onStoreFailure a rollout file could not be written
 * @param onPublishFailure a policy could not be put into service, or the canary contradicts
 * @param retries how often {@link Action#RETRY} repeats
 * @param maxFailedShare an iteration that loses more than this share of its rollouts stops the run
 */
public record FailurePolicies(
    Action onJudgeFailure,
    Map<String, Action> ofJudges,
    Action onGeneratorFailure,
    Action onBackendFailure,
    Action onStoreFailure,
    Action onPublishFailure,
    int retries,
    double maxFailedShare) {
  private static final Set<Action> OF_STEPS = EnumSet.of(Action.RETRY, Action.PAUSE, Action.STOP);
  private static final Set<Action> OF_ROLLOUTS = EnumSet.complementOf(EnumSet.of(Action.LEAVE_OUT));

  public FailurePolicies {
    ofJudges = Map.copyOf(ofJudges);
    check("policies.on_judge_failure", onJudgeFailure, OF_ROLLOUTS);
    check("policies.on_generator_failure", onGeneratorFailure, OF_ROLLOUTS);
    check("policies.on_backend_failure", onBackendFailure, OF_STEPS);
    check("policies.on_store_failure", onStoreFailure, OF_STEPS);
    check("policies.on_publish_failure", onPublishFailure, OF_STEPS);
    Check.atLeast("policies.retries", retries, 0);
    Check.within("policies.max_failed_share", maxFailedShare, 0, 1);
  }

  /** What a failure of that judge leads to. */
  public Action onFailureOf(String judge) {
    return ofJudges.getOrDefault(judge, onJudgeFailure);
  }

  private static void check(String name, Action action, Set<Action> expected) {
    Check.that(expected.contains(action), name, action, expected.toString());
  }

  /** What is done. */
  public enum Action {
    /**
     * The step is repeated, {@link FailurePolicies#retries} times, waiting longer each time; then
     * as {@link #STOP}.
     */
    RETRY,
    /** The rollout leaves the iteration as a count; it gets no reward. */
    SET_ASIDE,
    /**
     * Of one of several judges: a group that it failed on is trained on with the advantages of the
     * others alone.
     */
    LEAVE_OUT,
    /** The run waits until somebody resumes or stops it, then repeats the step. */
    PAUSE,
    /** The run ends; it can be resumed. */
    STOP
  }
}
