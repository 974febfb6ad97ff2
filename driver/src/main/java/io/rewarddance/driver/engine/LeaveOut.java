package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.FailurePolicies;
import io.rewarddance.driver.config.FailurePolicies.Action;
import io.rewarddance.driver.config.JudgeConfig;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which judges a group goes on without: those whose policy says so and that failed on a rollout
 * which is otherwise judged. The whole group does, so that its members are compared by one measure.
 * A group that would have no judge left keeps all, and what they failed on is set aside. Pure.
 */
final class LeaveOut {
  private final Set<String> judges;
  private final Set<String> dispensable;

  LeaveOut(FailurePolicies policies, List<JudgeConfig> judges) {
    this.judges = judges.stream().map(JudgeConfig::name).collect(Collectors.toSet());
    this.dispensable =
        this.judges.stream()
            .filter(judge -> policies.onFailureOf(judge) == Action.LEAVE_OUT)
            .collect(Collectors.toSet());
  }

  List<Sample> of(List<Sample> group) {
    SortedSet<String> failed = new TreeSet<>();
    group.stream()
        .map(sample -> sample.judgeFailures().keySet())
        .filter(dispensable::containsAll)
        .forEach(failed::addAll);
    return failed.isEmpty() || failed.containsAll(judges)
        ? group
        : group.stream().map(sample -> sample.without(failed)).toList();
  }
}
