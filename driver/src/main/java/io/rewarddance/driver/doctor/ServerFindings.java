package io.rewarddance.driver.doctor;

import io.rewarddance.driver.doctor.triton.ModelLook;
import io.rewarddance.driver.doctor.triton.ServerLook;
import io.rewarddance.driver.doctor.triton.ServerLook.About;
import io.rewarddance.driver.doctor.triton.ServerLook.Loads;
import io.rewarddance.driver.model.Difference;
import io.rewarddance.driver.model.Fit;
import io.rewarddance.driver.model.MessageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a look at a server found: the server first, then each model. */
final class ServerFindings {
  private static final double NEARLY = 0.5;

  private ServerFindings() {}

  /**
   * @param publishes whether the run loads policies into the server
   */
  static List<Finding> of(ServerLook look, boolean publishes) {
    List<Finding> findings = new ArrayList<>();
    look.about().ifPresent(about -> about(look, about, publishes, findings));
    look.trouble()
        .ifPresent(t -> findings.add(Finding.problem(look.endpoint(), t.detail(), t.advice())));
    look.models().forEach(model -> findings.add(model(model)));
    return findings;
  }

  private static void about(
      ServerLook look, About about, boolean publishes, List<Finding> findings) {
    String detail =
        about.name()
            + " "
            + about.version()
            + (about.live() ? ", live" : ", not live")
            + (about.ready() ? ", ready" : ", not ready")
            + "\nextensions: "
            + String.join(", ", about.extensions());
    findings.add(
        about.ready() && about.live()
            ? Finding.ok(look.endpoint(), detail)
            : Finding.weak(
                look.endpoint(),
                detail,
                "a server isn't ready when a model's last load failed; what it has it serves"));
    findings.add(loads(about.loads(), publishes));
  }

  private static Finding loads(Loads loads, boolean publishes) {
    String advice = "start it with --model-control-mode=explicit, or set publish.method: none";
    return switch (loads) {
      case TAKEN -> Finding.ok("loads", "taken (explicit model control)");
      case UNKNOWN -> Finding.weak("loads", "the server let nobody ask", "see its log");
      case NOT_TAKEN ->
          publishes
              ? Finding.problem("loads", "not taken: no explicit model control", advice)
              : Finding.weak("loads", "not taken: no explicit model control", advice);
    };
  }

  private static Finding model(ModelLook model) {
    List<String> lines = new ArrayList<>();
    if (model.served().isEmpty()) {
      return unserved(model);
    }
    String roles = ModelText.roles(model);
    lines.add((roles.isEmpty() ? nothing(model) : roles) + "; " + versions(model.ready()));
    lines.addAll(roles.isEmpty() ? differences(model) : ModelText.features(model));
    model.failed().forEach(version -> lines.add(state(version)));
    String detail = String.join("\n", lines);
    String advice = advice(model, !roles.isEmpty());
    boolean nearly = model.nearest().orElseThrow().closeness() >= NEARLY;
    if (advice.isEmpty()) {
      return roles.isEmpty() && !nearly
          ? Finding.note(model.name(), detail)
          : Finding.ok(model.name(), detail);
    }
    return Finding.weak(model.name(), detail, advice);
  }

  private static String advice(ModelLook model, boolean fits) {
    if (!model.failed().isEmpty()) {
      return "mend the version that failed, or take it away, and load the model again";
    }
    Fit nearest = model.nearest().orElseThrow();
    if (!fits) {
      return nearest.closeness() >= NEARLY
          ? "if it is meant as " + nearest.contract().role() + ": docs/contracts.md"
          : "";
    }
    if (model.config().orElseThrow().getResponseCache().getEnable()) {
      return "response_cache is on, and its key leaves out what shapes an answer: turn it off";
    }
    return MessageSize.of(nearest).tooLarge()
        ? "messages end at 2 GiB: a smaller max_batch_size"
        : "";
  }

  private static Finding unserved(ModelLook model) {
    if (model.failed().isEmpty()) {
      return Finding.note(model.name(), "in the repository, not loaded (--load-model)");
    }
    String detail =
        model.failed().stream().map(ServerFindings::state).collect(Collectors.joining("\n"));
    return Finding.weak(model.name(), detail, "mend it and load it again; see the server's log");
  }

  private static String nothing(ModelLook model) {
    return "fits no contract, nearest: " + model.nearest().orElseThrow().contract().role();
  }

  private static List<String> differences(ModelLook model) {
    return model.nearest().orElseThrow().differences().stream().map(Difference::text).toList();
  }

  static String versions(List<String> ready) {
    return (ready.size() == 1 ? "version " : "versions ") + String.join(", ", ready);
  }

  static String state(ModelLook.Version version) {
    String number = version.version().isEmpty() ? "" : "version " + version.version() + " ";
    String said = version.reason().replaceAll("\\n\\s*\\n", "\n").strip();
    String reason = said.isEmpty() ? "" : ": " + said;
    return number + version.state() + reason;
  }
}
