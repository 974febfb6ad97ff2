package io.rewarddance.driver.config;

/** Settings that are fine by themselves and impossible together. */
final class Combinations {
  private final Rules rules;

  Combinations(Rules rules) {
    this.rules = rules;
  }

  void check() {
    algorithm();
    window();
    judges();
    endpoints();
    sizes();
    Security security = new Security(rules);
    security.triton();
    security.training();
  }

  private void algorithm() {
    gradients();
    if (rules.is("training.algorithm", "refl")) {
      if (!rules.is("training.kl_estimator", "velocity")) {
        rules.clash("training.kl_estimator", "velocity", "training.algorithm");
      }
      return;
    }
    if (rules.is("training.algorithm", "grpo")) {
      if (rules.is("rollouts.sampler", "ode")) {
        rules.clash("rollouts.sampler", "flow-sde, dance-sde or cps", "training.algorithm");
      } else if (rules.whole("rollouts.sde_steps") == 0) {
        rules.clash("rollouts.sde_steps", ">= 1", "training.algorithm");
      }
      if (rules.is("training.kl_estimator", "velocity")) {
        rules.clash("training.kl_estimator", "gaussian, k1, k2 or k3", "training.algorithm");
      }
      return;
    }
    if (rules.whole("rollouts.sde_steps") > 0) {
      rules.clash("rollouts.sde_steps", "0, nft needs no noise window,", "training.algorithm");
    } else if (!rules.is("rollouts.sampler", "ode")) {
      rules.clash("rollouts.sampler", "ode", "training.algorithm");
    }
    if (!rules.is("training.kl_estimator", "velocity")) {
      rules.clash("training.kl_estimator", "velocity", "training.algorithm");
    }
  }

  /** What pushing judges' gradients needs. */
  private void gradients() {
    if (rules.value("training.refl.weight").asDouble() <= 0) {
      if (rules.is("training.algorithm", "refl")) {
        rules.clash("training.refl.weight", "> 0", "training.algorithm");
      }
      return;
    }
    String by = "training.refl.weight";
    lateState(by);
    int count = rules.value("judges").size();
    for (int i = 0; i < count; i++) {
      if (rules.value("judges[" + i + "].both_orders").asBoolean()) {
        rules.clash("judges[" + i + "].both_orders", "false", by);
      }
    }
  }

  /** The start of the last step must be among the recorded states; the ODE records it by itself. */
  private void lateState(String by) {
    if (rules.is("rollouts.sampler", "ode")) {
      if (rules.is("training.algorithm", "refl") && rules.whole("rollouts.sde_steps") > 0) {
        rules.clash("rollouts.sde_steps", "0, the last step is recorded as it is,", by);
      }
      return;
    }
    long length = rules.whole("rollouts.sde_steps");
    long end = rules.whole("rollouts.sde_start") + length;
    long last = rules.whole("rollouts.steps") - 1;
    if (length == 0) {
      rules.clash("rollouts.sde_steps", ">= 1, or sampler ode,", by);
    } else if (rules.has("rollouts.sde_start_max")) {
      rules.clash("rollouts.sde_start_max", "none, the window must end before the last step,", by);
    } else if (end < last) {
      String start = "a window that ends before the last step, from " + (last - length) + ",";
      rules.clash("rollouts.sde_start", start, by);
    }
  }

  private void window() {
    if (rules.has("rollouts.steps_max")) {
      long least = rules.whole("rollouts.steps");
      if (rules.whole("rollouts.steps_max") < least) {
        rules.clash("rollouts.steps_max", ">= " + least, "rollouts.steps");
      } else if (rules.whole("rollouts.sde_steps") > 0) {
        rules.clash("rollouts.steps_max", "none", "rollouts.sde_steps");
      }
    }
    long steps = rules.whole("rollouts.sde_steps");
    boolean moving = rules.has("rollouts.sde_start_max");
    if (steps == 0) {
      if (moving) {
        rules.clash("rollouts.sde_start_max", "none", "rollouts.sde_steps");
      }
      return;
    }
    if (rules.is("rollouts.sampler", "ode") && !rules.is("training.algorithm", "grpo")) {
      return; // said already
    }
    long start = rules.whole("rollouts.sde_start");
    if (moving && rules.whole("rollouts.sde_start_max") < start) {
      rules.clash("rollouts.sde_start_max", ">= " + start, "rollouts.sde_start");
      return;
    }
    String last = moving ? "rollouts.sde_start_max" : "rollouts.sde_start";
    long most = rules.whole("rollouts.steps") - 1;
    if (rules.whole(last) + steps > most) {
      String limit = "start + sde_steps <= steps - 1 = " + most + ", the last step has no noise,";
      rules.clash(last, limit, "rollouts.sde_steps");
    }
  }

  private void judges() {
    rules.distinct("judges", "name");
    int count = rules.value("judges").size();
    for (int i = 0; i < count; i++) {
      judge("judges[" + i + "].");
      leftOut("judges[" + i + "].on_failure", count);
    }
  }

  private void judge(String judge) {
    if (rules.value(judge + "weight").asDouble() == 0) {
      rules.problem(judge + "weight", "a number other than 0");
    }
    if (rules.is(judge + "question", "pointwise")) {
      if (rules.has(judge + "reference")) {
        rules.clash(judge + "reference", "none", judge + "question");
      }
      if (rules.value(judge + "both_orders").asBoolean()) {
        rules.clash(judge + "both_orders", "false", judge + "question");
      }
    } else if (rules.whole(judge + "reference.keep")
        > rules.whole(judge + "reference.candidates")) {
      String most = "<= candidates";
      rules.clash(judge + "reference.keep", most, judge + "reference.candidates");
    }
  }

  /** Without its part a reward is another measure; advantages of the others are still theirs. */
  private void leftOut(String policy, int judges) {
    if (!rules.is(policy, "leave_out")) {
      return;
    }
    if (judges == 1) {
      rules.problem(policy, "retry, set_aside, pause or stop: there is no other judge");
    } else if (rules.is("advantage.mixing", "reward")) {
      rules.clash("advantage.mixing", "advantage or gdpo", policy);
    }
  }

  private void endpoints() {
    boolean embedded = Endpoints.embedded(rules);
    boolean load = rules.is("publish.method", "load");
    if (embedded && !load) {
      rules.clash("publish.method", "load", "triton.endpoints");
    }
    if (embedded && rules.has("publish.directory")) {
      rules.clash("publish.directory", "none, the run has its own copy,", "triton.endpoints");
    }
    if (!embedded && load && !rules.has("publish.directory")) {
      rules.clash("publish.directory", "the repository of these servers", "triton.endpoints");
    }
    if (!load && rules.has("publish.directory")) {
      rules.clash("publish.directory", "none", "publish.method");
    }
  }

  private void sizes() {
    long images = rules.whole("rollouts.groups") * rules.whole("rollouts.group_size");
    if (rules.whole("training.minibatch") > images) {
      String most = "<= groups * group_size = " + images;
      rules.clash("training.minibatch", most, "rollouts.group_size");
    }
    if (rules.whole("advantage.min_judged") > rules.whole("rollouts.group_size")) {
      rules.clash("advantage.min_judged", "<= group_size", "rollouts.group_size");
    }
    if (rules.whole("advantage.noise_repeats") == 1) {
      rules.problem("advantage.noise_repeats", "0, or at least 2: one answer has no noise");
    }
    if (rules.whole("evaluate.grid") > rules.whole("evaluate.held_out_images")) {
      rules.clash("evaluate.grid", "<= held_out_images", "evaluate.held_out_images");
    }
    if (rules.whole("training.schedule.warmup") >= rules.whole("rollouts.iterations")) {
      rules.clash("training.schedule.warmup", "< iterations", "rollouts.iterations");
    }
  }
}
