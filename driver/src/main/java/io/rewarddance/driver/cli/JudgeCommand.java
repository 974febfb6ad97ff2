package io.rewarddance.driver.cli;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.judge.Examiner;
import io.rewarddance.driver.judge.Opinion;
import io.rewarddance.driver.model.Medium;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "judge",
    description = {
      "Asks a judge about images: P(yes), the yes + no mass, and its reason where it gives one.",
      "With a reference both orders are asked."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all judged, 1 a question failed or no server answers, 2 wrong input.",
      "",
      "Example: rewarddance judge --prompt \"a red circle\" --image a.png --reference b.png"
    })
final class JudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "The judge (default: the first judge of the experiment file).")
  private Optional<String> model = Optional.empty();

  @Option(names = "--prompt", paramLabel = "TEXT", required = true, description = "What was asked.")
  private String prompt;

  @Option(
      names = "--image",
      paramLabel = "PNG|DIR",
      required = true,
      arity = "1..*",
      description = "What is judged: PNG files, or directories of them. Any number of times.")
  private List<Path> images;

  @Option(
      names = "--reference",
      paramLabel = "PNG",
      description = "Is each image better than this one?")
  private Optional<Path> reference = Optional.empty();

  @Option(
      names = "--instruction",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The criteria to judge by (default: the judge's own).")
  private String instruction;

  @Option(
      names = "--reason-tokens",
      paramLabel = "N",
      defaultValue = "0",
      description = "Most tokens of a reason; 0 = decision only (default).")
  private int reasonTokens;

  @Option(
      names = "--mass-floor",
      paramLabel = "P",
      defaultValue = "0.5",
      description =
          "An answer whose yes + no probability is below this is a failure (default: ${DEFAULT-VALUE}).")
  private double massFloor;

  @ArgGroup private Format format = new Format();

  @Mixin private ModelOptions models;

  /** How the answers are written. */
  static final class Format {
    @Option(names = "--csv", description = "Comma-separated values instead of a table.")
    boolean csv;

    @Option(names = "--json", description = "JSON instead of a table.")
    boolean json;
  }

  @Override
  public Integer call() throws Complaint {
    models.load();
    List<Path> files = ImageFiles.expand(images);
    String name = name();
    try (AdHocModels open = models.open(Set.of(name))) {
      ServedModel served = open.describe(name);
      List<Opinion> opinions = examine(open, served, files);
      OpinionTable table = new OpinionTable(files, opinions, reference.isPresent());
      spec.commandLine().getOut().print(text(table));
      spec.commandLine().getOut().flush();
      return opinions.stream().anyMatch(o -> o.combined().isFailed())
          ? ExitCode.FAILED
          : ExitCode.OK;
    } catch (ModelMismatchException e) {
      throw Complaint.usage(e);
    } catch (IOException e) {
      throw new Complaint(ExitCode.FAILED, e.getMessage(), e);
    }
  }

  private String name() throws Complaint {
    return model
        .or(() -> models.config().map(config -> config.judges().get(0)).map(JudgeConfig::model))
        .orElseThrow(
            () -> Complaint.usage("--model: absent (expected without an experiment file)"));
  }

  private List<Opinion> examine(AdHocModels open, ServedModel served, List<Path> files)
      throws Complaint {
    Examiner examiner =
        new Examiner(served, open.inference(), instruction, reasonTokens, massFloor);
    List<Pixels> pictures = new ArrayList<>();
    for (Path file : files) {
      pictures.add(ImageFiles.read(file, served, Medium.of(served).tensor()));
    }
    Optional<Pixels> against = Optional.empty();
    if (reference.isPresent()) {
      requireReference(served);
      against = Optional.of(ImageFiles.read(reference.get(), served, "reference"));
    }
    return examiner.examine("judge", new Prompt(0, prompt, ""), pictures, against).join();
  }

  private static void requireReference(ServedModel served) throws Complaint {
    if (served.input("reference").isEmpty()) {
      throw Complaint.usage(
          "'" + served.name() + "' takes no reference (expected: a judge with that input)");
    }
  }

  private String text(OpinionTable table) {
    return format.csv ? table.csv() : format.json ? table.json() : table.text();
  }
}
