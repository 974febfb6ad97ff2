package io.rewarddance.driver.paper.cell;

import java.util.List;
import java.util.Locale;

/**
 * Ways to train. Iterations are chosen so that all take the wall time of NFT: by how long a rollout
 * takes, measured once, since a clock that ends runs would make them differ from day to day.
 */
public enum Algorithm {
  NFT(1, List.of()),
  GRPO(
      0.85,
      List.of(
          "training.algorithm=grpo",
          "rollouts.sampler=flow-sde",
          "rollouts.sde_steps=2",
          "rollouts.sde_start_max=1",
          "training.passes=3",
          "training.kl_weight=0",
          "training.nft_hold_below=0",
          "training.schedule.last=0.1")),
  REFL(
      0.79,
      List.of(
          "training.algorithm=refl",
          "rollouts.steps=2",
          "rollouts.steps_max=6",
          "training.passes=1",
          "training.kl_weight=80",
          "training.refl.gradient=normalise",
          "training.refl.gradient_norm=0.05",
          "training.nft_hold_below=0",
          "training.optimizer.muon_learning_rate=0.003",
          "training.optimizer.learning_rate=0.0005",
          "evaluate.steps=6"));

  private final double pace;
  private final List<String> settings;

  Algorithm(double pace, List<String> settings) {
    this.pace = pace;
    this.settings = settings;
  }

  /** Wall time of a rollout with its share of the update, in those of NFT. */
  public double pace() {
    return pace;
  }

  /** Iterations of this one that take as long as so many of NFT. */
  public int iterations(int nft) {
    return (int) Math.max(1, Math.round(nft / pace));
  }

  List<String> settings() {
    return settings;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
