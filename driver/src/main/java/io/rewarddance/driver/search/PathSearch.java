package io.rewarddance.driver.search;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Arrival;
import io.rewarddance.driver.generate.Departure;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.generate.Leg;
import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.search.Growing.Shoot;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Search over Paths: starts from several noises, looks at the clean guesses of the paths on the
 * way, prunes to the best, extends these by re-noising and re-sampling, and goes on to clean
 * images. Several searches go in step, so that they share requests; none depends on its company.
 */
public final class PathSearch {
  private final PathGenerator generator;
  private final Verifier verifier;
  private final OnFailure onFailure;
  private final long seed;
  private Optional<PolicyRef> policy = Optional.empty();

  public PathSearch(PathGenerator generator, Verifier verifier, OnFailure onFailure, long seed) {
    this.generator = generator;
    this.verifier = verifier;
    this.onFailure = onFailure;
    this.seed = seed;
  }

  /**
   * Makes the searches, one tree for each task, in order.
   *
   * @throws StepFailedException when a candidate fails and the policy is to stop, when the oracle
   *     fails, or when the served policy changes during the search
   */
  public List<SearchTree> run(SearchPlan plan, List<Task> tasks) {
    List<Growing> trees = tasks.stream().map(task -> new Growing(task, plan, seed)).toList();
    for (int round = 0; round < plan.rounds(); round++) {
      grow(trees, round);
    }
    return trees.stream().map(Growing::tree).toList();
  }

  /** The policy that drew; empty before anything was drawn. */
  public Optional<PolicyRef> policy() {
    return policy;
  }

  private void grow(List<Growing> trees, int round) {
    List<Shoot> shoots = new ArrayList<>();
    trees.forEach(tree -> shoots.addAll(tree.shoots(round)));
    List<Outcome<Arrival>> arrivals = walk("search/round=" + round, shoots);
    checkPolicy(arrivals);
    List<Seen> seen = verifier.look("search/round=" + round, shoots, arrivals);
    seen.forEach(this::checkFailure);
    Map<Growing, List<Seen>> byTree = new LinkedHashMap<>();
    trees.forEach(tree -> byTree.put(tree, new ArrayList<>()));
    seen.forEach(one -> byTree.get(one.shoot().tree()).add(one));
    byTree.forEach((tree, own) -> tree.add(round, own));
  }

  /** Paths of one leg share requests, whatever their prompts. */
  private List<Outcome<Arrival>> walk(String id, List<Shoot> shoots) {
    Map<Leg, List<Integer>> byLeg = new LinkedHashMap<>();
    for (int place = 0; place < shoots.size(); place++) {
      byLeg.computeIfAbsent(shoots.get(place).leg(), leg -> new ArrayList<>()).add(place);
    }
    Map<Leg, CompletableFuture<List<Outcome<Arrival>>>> walks = new LinkedHashMap<>();
    byLeg.forEach(
        (leg, own) -> walks.put(leg, send(id, leg, own.stream().map(shoots::get).toList())));
    List<Outcome<Arrival>> arrivals = new ArrayList<>(Collections.nCopies(shoots.size(), null));
    byLeg.forEach(
        (leg, own) -> {
          List<Outcome<Arrival>> walked = walks.get(leg).join();
          for (int i = 0; i < own.size(); i++) {
            arrivals.set(own.get(i), walked.get(i));
          }
        });
    return arrivals;
  }

  private CompletableFuture<List<Outcome<Arrival>>> send(String id, Leg leg, List<Shoot> shoots) {
    List<Departure> departures = new ArrayList<>(shoots.size());
    for (Shoot shoot : shoots) {
      Draw draw = new Draw(shoot.tree().task().prompt(), shoot.seed());
      departures.add(new Departure(draw, shoot.latent()));
    }
    long version = policy.map(PolicyRef::version).orElse(Generator.ANY_POLICY);
    return generator.walk(id + "/begin=" + leg.begin(), departures, leg, version);
  }

  /** States of one policy mean nothing to another. */
  private void checkPolicy(List<Outcome<Arrival>> arrivals) {
    for (Outcome<Arrival> outcome : arrivals) {
      Optional<PolicyRef> drew = outcome.value().map(Arrival::policy);
      policy = policy.or(() -> drew);
      if (drew.isPresent() && !drew.equals(policy)) {
        throw StepFailedException.lasting(
            FailureKind.GENERATOR_WRONG_POLICY,
            "drawn by " + drew.get() + " (expected: " + policy.get() + ", as before)",
            null);
      }
    }
  }

  private void checkFailure(Seen seen) {
    if (onFailure == OnFailure.STOP && seen.answer().failure().isPresent()) {
      var failure = seen.answer().failure().get();
      throw StepFailedException.lasting(failure.kind(), failure.message(), null);
    }
  }
}
