package io.rewarddance.driver.cli;

import io.rewarddance.driver.loop.RunEngine;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "rewarddance",
    description = "RL fine-tuning of image generators on Triton, rewarded by a judge's P(yes).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Help on a command: rewarddance COMMAND --help"})
public final class Main implements Runnable {
  /** What it has to say comes back as the call's failure; kept, as loggers are held weakly. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one command and ends the process: servers' threads would keep it alive. */
  public static void main(String[] args) {
    // Pictures are read and made without any display.
    System.setProperty("java.awt.headless", "true");
    GRPC.setLevel(Level.SEVERE);
    int code = ExitCode.FAILED;
    try {
      code = commands(Engine::find).execute(args);
    } catch (Throwable e) {
      e.printStackTrace();
    }
    System.out.flush();
    System.exit(code);
  }

  /**
   * @param engine makes runs; asked for only by the commands that need it
   */
  static CommandLine commands(Supplier<RunEngine> engine) {
    return new CommandLine(new Main())
        .addSubcommand(new RunCommand(engine))
        .addSubcommand(new ResumeCommand(engine))
        .addSubcommand(new ValidateCommand())
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new ReportCommand(engine))
        .addSubcommand(new JudgeCommand())
        .addSubcommand(new SearchCommand())
        .addSubcommand(new PreferencesCommand())
        .addSubcommand(new TrainJudgeCommand())
        .addSubcommand(ReproduceCommand.of(engine))
        .addSubcommand(new ProbeCommand())
        .addSubcommand(new CommandLine.HelpCommand())
        .setExecutionExceptionHandler(Main::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof Complaint complaint) {
      err.println(complaint.getMessage());
      return complaint.exitCode();
    }
    err.println("rewarddance: this is a bug, please report it:");
    e.printStackTrace(err);
    return ExitCode.FAILED;
  }
}
