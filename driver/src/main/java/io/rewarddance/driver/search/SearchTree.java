package io.rewarddance.driver.search;

import java.util.List;
import java.util.Optional;

/**
 * A search that was made.
 *
 * @param nodes in order of their ids, round by round
 */
public record SearchTree(Task task, SearchPlan plan, List<Node> nodes) {
  public SearchTree {
    nodes = List.copyOf(nodes);
  }

  /** The answer; empty when no candidate was left. */
  public Optional<Node> chosen() {
    return nodes.stream().filter(node -> node.fate() == Fate.CHOSEN).findFirst();
  }

  public List<Node> round(int round) {
    return nodes.stream().filter(node -> node.round() == round).toList();
  }

  /** Network evaluations that were asked for; those of candidates that failed count. */
  public int evaluations() {
    return nodes.stream().mapToInt(node -> node.leg().evaluations()).sum();
  }

  /** Questions that the judge was asked. */
  public int questions() {
    return (int) nodes.stream().filter(node -> node.sigma().isPresent()).count();
  }

  public int failures() {
    return (int) nodes.stream().filter(node -> node.fate() == Fate.FAILED).count();
  }

  /** The same with the answer's picture alone; pictures are most of a tree. */
  public SearchTree withoutImages() {
    return new SearchTree(
        task,
        plan,
        nodes.stream()
            .map(node -> node.fate() == Fate.CHOSEN ? node : node.withoutImage())
            .toList());
  }

  /** Why there is no answer: the first failure of the last round; empty when there is one. */
  public Optional<String> failure() {
    return chosen().isPresent()
        ? Optional.empty()
        : nodes.stream()
            .filter(node -> node.round() == nodes.get(nodes.size() - 1).round())
            .flatMap(node -> node.answer().failure().stream())
            .findFirst()
            .map(failure -> "no candidate was left: " + failure);
  }
}
