package io.rewarddance.driver.doctor;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.doctor.triton.ModelLook;
import io.rewarddance.driver.doctor.triton.ServerLook;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Difference;
import io.rewarddance.driver.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether servers have the models that a run needs: those of an experiment, or any. */
final class Cast {
  private static final String ANY = "a run";
  private static final String CONTRACTS = "docs/contracts.md";

  private final List<ServerLook> looks;

  /**
   * @param looks servers of one run, that could be looked at
   */
  Cast(List<ServerLook> looks) {
    this.looks = List.copyOf(looks);
  }

  private record Part(String role, String model, Contract contract) {}

  /** Which models of each server go together, and whether a run could use some of them. */
  List<Finding> ofAnyRun() {
    return looks.stream().map(this::any).toList();
  }

  private Finding any(ServerLook look) {
    List<ModelLook> generators = fitting(look, Contracts.GENERATOR);
    List<ModelLook> judges = new ArrayList<>(fitting(look, Contracts.POINTWISE_JUDGE));
    fitting(look, Contracts.PAIRWISE_JUDGE).stream()
        .filter(judge -> !judges.contains(judge))
        .forEach(judges::add);
    List<ModelLook> oracles = fitting(look, Contracts.ORACLE);
    if (generators.isEmpty() || judges.isEmpty()) {
      return Finding.problem(
          name(look),
          cast(names("generator", generators), judges, oracles),
          "a run needs a generator and a judge: " + CONTRACTS);
    }
    String casts =
        generators.stream()
            .map(g -> cast("generator " + g.name(), taking(g, judges), taking(g, oracles)))
            .collect(Collectors.joining("\n"));
    boolean any = generators.stream().anyMatch(g -> !taking(g, judges).isEmpty());
    return any
        ? Finding.ok(name(look), casts)
        : Finding.problem(
            name(look),
            casts
                + "\n"
                + judges.get(0).name()
                + " "
                + mismatch(generators.get(0), judges.get(0)).orElseThrow().text(),
            "a judge must take what the generator draws, in its size");
  }

  private static String cast(String head, List<ModelLook> judges, List<ModelLook> oracles) {
    return String.join("; ", head, names("judge", judges), names("oracle", oracles));
  }

  /** Those that take what the generator draws, in its size. */
  private static List<ModelLook> taking(ModelLook generator, List<ModelLook> viewers) {
    return viewers.stream().filter(viewer -> mismatch(generator, viewer).isEmpty()).toList();
  }

  private static String names(String role, List<ModelLook> models) {
    return models.isEmpty()
        ? "no " + role
        : role + " " + models.stream().map(ModelLook::name).collect(Collectors.joining(", "));
  }

  private static List<ModelLook> fitting(ServerLook look, Contract contract) {
    return look.models().stream().filter(model -> model.fits(contract)).toList();
  }

  private static Optional<Difference> mismatch(ModelLook generator, ModelLook viewer) {
    return Contracts.sampleShape(generator.served().orElseThrow(), viewer.served().orElseThrow());
  }

  /** Whether each server has the models that the experiment names, and all have the same. */
  List<Finding> of(RunConfig config) {
    List<Finding> findings = new ArrayList<>();
    List<Part> parts = parts(config);
    for (ServerLook look : looks) {
      Optional<ServedModel> generator =
          look.model(config.triton().generator()).flatMap(ModelLook::served);
      parts.forEach(part -> findings.add(played(look, part, generator)));
    }
    parts.stream().map(Part::model).distinct().forEach(model -> same(model, findings));
    return findings;
  }

  private static List<Part> parts(RunConfig config) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("generator", config.triton().generator(), Contracts.GENERATOR));
    for (JudgeConfig judge : config.judges()) {
      parts.add(new Part("judge " + judge.name(), judge.model(), Judge.contract(judge)));
    }
    config.triton().oracle().ifPresent(o -> parts.add(new Part("oracle", o, Contracts.ORACLE)));
    return parts;
  }

  private Finding played(ServerLook look, Part part, Optional<ServedModel> generator) {
    String name = part.role() + at(look);
    Optional<ModelLook> model = look.model(part.model());
    if (model.isEmpty()) {
      String there = look.models().stream().map(ModelLook::name).toList().toString();
      return Finding.problem(
          name,
          part.model() + " isn't in the index, which has " + there,
          "mend its name, or add it");
    }
    if (model.get().served().isEmpty()) {
      String states =
          model.get().versions().stream()
              .map(ServerFindings::state)
              .collect(Collectors.joining("; "));
      return Finding.problem(
          name,
          part.model() + " isn't loaded" + (states.isEmpty() ? "" : ": " + states),
          "load it: --load-model=" + part.model());
    }
    ServedModel served = model.get().served().get();
    List<Difference> differences = new ArrayList<>(part.contract().fit(served).differences());
    generator.flatMap(g -> Contracts.sampleShape(g, served)).ifPresent(differences::add);
    String fits = part.model() + ", " + ServerFindings.versions(model.get().ready());
    return differences.isEmpty()
        ? Finding.ok(name, fits)
        : Finding.problem(
            name,
            differences.stream()
                .map(Difference::text)
                .collect(
                    Collectors.joining(
                        "\n", part.model() + " is no " + part.contract().role() + "\n", "")),
            CONTRACTS);
  }

  private void same(String model, List<Finding> findings) {
    TreeMap<String, String> versions = new TreeMap<>();
    for (ServerLook look : looks) {
      look.model(model)
          .filter(found -> !found.ready().isEmpty())
          .ifPresent(
              found -> versions.put(look.endpoint(), ServerFindings.versions(found.ready())));
    }
    if (versions.values().stream().distinct().count() > 1) {
      findings.add(
          Finding.problem(
              model,
              "not the same everywhere: " + versions,
              "load it where it is behind, from the repository that all of them read"));
    }
  }

  private String name(ServerLook look) {
    return ANY + at(look);
  }

  private String at(ServerLook look) {
    return looks.size() > 1 ? " at " + look.endpoint() : "";
  }
}
