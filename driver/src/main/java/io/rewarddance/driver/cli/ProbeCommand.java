package io.rewarddance.driver.cli;

import io.rewarddance.driver.doctor.NativeProbe;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What doctor starts in a process of its own. */
@Command(name = "probe-natives", hidden = true)
final class ProbeCommand implements Callable<Integer> {
  @Parameters(index = "0")
  private Path repository;

  @Parameters(index = "1")
  private Path initialModel;

  @Override
  public Integer call() {
    try {
      NativeProbe.probe(repository, initialModel);
      return ExitCode.OK;
    } catch (Exception | LinkageError e) {
      // One line for doctor to show.
      System.out.println(e.toString().replace('\n', ' '));
      return ExitCode.FAILED;
    }
  }

  /** This program again, with the same class path. */
  static List<String> command(Path repository, Path initialModel) {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    return List.of(
        java,
        "-Xmx1g",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "probe-natives",
        repository.toString(),
        initialModel.toString());
  }
}
