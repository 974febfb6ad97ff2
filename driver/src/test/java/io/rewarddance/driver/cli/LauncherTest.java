package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a small tree of its own, with a Maven and a Java that write down their
 * calls.
 */
@Timeout(60)
final class LauncherTest {
  private static final Path SCRIPT = Path.of(System.getProperty("rewarddance.root"), "rewarddance");

  @TempDir Path temporary;
  private Path tree;
  private Path jdk;

  private record Ended(int code, String out) {}

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(temporary.resolve("a tree")).toRealPath();
    Files.copy(SCRIPT, tree.resolve("rewarddance"));
    script(
        tree.resolve("mvnw"),
        "echo built >> calls; echo '[INFO] Building RewardDance proto 0.1.0 [2/6]';"
            + " mkdir -p driver/target; : > driver/target/rewarddance-driver-0.1.jar; exit ${MAVEN_EXIT:-0}");
    write("pom.xml");
    write("driver/pom.xml");
    write("driver/src/main/java/A.java");
    write("driver/src/test/java/ATest.java");
    write("experiments/experiment.schema.json");
    jdk = temporary.resolve("jdk");
    script(jdk.resolve("bin/java"), "shift $(($# - 2)); echo \"ran $*\"; exit 42");
    script(jdk.resolve("bin/javac"), "");
    version("21.0.1");
    old();
  }

  private void write(String name) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void version(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  /** Makes everything in the tree an hour old, so that what is written next is newer. */
  private void old() throws IOException {
    FileTime hourAgo = FileTime.from(Instant.now().minusSeconds(3600));
    try (var files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, hourAgo);
      }
    }
  }

  private Ended launch(Path script, String javaHome, String... environment) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + javaHome));
    command.addAll(List.of(environment));
    command.addAll(List.of("sh", script.toString(), "an argument", "b"));
    Process process =
        new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out);
  }

  private Ended launch(String... environment) throws Exception {
    return launch(tree.resolve("rewarddance"), jdk.toString(), environment);
  }

  private long builds() throws IOException {
    Path calls = tree.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void buildsOnceThenOnlyRunsAndPassesEverythingThrough() throws Exception {
    Ended first = launch();
    assertThat(first.out())
        .contains("Building: first run here", "RewardDance proto [2/6]", "Built in");
    assertThat(first.out()).endsWith("ran an argument b\n");
    assertThat(first.code()).isEqualTo(42);
    Ended second = launch();
    assertThat(second).isEqualTo(new Ended(42, "ran an argument b\n"));
    assertThat(builds()).isEqualTo(1);
    assertThat(tree.resolve(".build-lock")).doesNotExist();
  }

  /** The last of two contradicting options wins in the JVM. */
  @Test
  void optionsOfTheUserComeAfterTheLaunchersOwn() throws Exception {
    script(jdk.resolve("bin/java"), "echo \"$*\"");
    launch();
    assertThat(launch("REWARDDANCE_JAVA_OPTS=-Xmx4g -Dmine=1").out())
        .matches("-Xms512m -Xmx1g .* -Xmx4g -Dmine=1 .*-jar \\S.* an argument b\n");
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    launch();
    old();
    write("driver/src/main/java/A.java");
    assertThat(launch().out()).contains("Building: sources are newer than the jar");
    old();
    Files.delete(tree.resolve("driver/src/main/java/A.java"));
    launch();
    old();
    write("pom.xml");
    launch();
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void aNewTestIsNoReasonToBuild() throws Exception {
    launch();
    old();
    write("driver/src/test/java/ATest.java");
    launch();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void worksThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), tree.resolve("rewarddance"));
    assertThat(launch(link, jdk.toString()).code()).isEqualTo(42);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aFailedBuildIsAnErrorWithItsLog() throws Exception {
    Ended ended = launch("MAVEN_EXIT=1");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out())
        .contains("the build failed; all of its output is in " + tree)
        .doesNotContain("ran");
    assertThat(tree.resolve(".build-lock")).doesNotExist();
  }

  @Test
  void aDeadBuildersLockIsTakenOver() throws Exception {
    Files.createDirectory(tree.resolve(".build-lock"));
    Files.writeString(tree.resolve(".build-lock/pid"), "99999999\n");
    assertThat(launch().code()).isEqualTo(42);
  }

  @Test
  void anOldJavaIsRefusedByItsVersion() throws Exception {
    version("11.0.2");
    assertThat(launch())
        .isEqualTo(
            new Ended(
                3,
                "rewarddance: JAVA_HOME leads to Java 11.0.2 in "
                    + jdk
                    + " (expected: a JDK 17 or later)\n"));
    version("1.8.0_402");
    assertThat(launch().out()).contains("Java 1.8.0_402");
  }

  @Test
  void aRuntimeWithoutCompilerCanRunButNotBuild() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    Ended ended = launch();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).contains("has no javac");
    Files.createDirectories(tree.resolve("driver/target"));
    Files.createFile(tree.resolve("driver/target/rewarddance-driver-0.1.jar"));
    assertThat(launch().code()).isEqualTo(42);
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    assertThat(launch(tree.resolve("rewarddance"), "/none").out())
        .isEqualTo(
            "rewarddance: JAVA_HOME is /none, which has no bin/java (expected: a JDK 17 or later)\n");
  }

  @Test
  void javaIsFoundOnThePath() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    Ended ended =
        launch(tree.resolve("rewarddance"), "", "PATH=" + bin + ":" + System.getenv("PATH"));
    assertThat(ended.code()).isEqualTo(42);
  }

  @Test
  void withoutAnyJavaItSaysWhatToDo() throws Exception {
    Path bin = Files.createDirectories(temporary.resolve("bin"));
    for (String tool :
        List.of("sh", "env", "dirname", "readlink", "sed", "find", "head", "cat", "mkdir", "rm")) {
      Path real = Path.of("/usr/bin", tool);
      script(
          bin.resolve(tool),
          "exec " + (Files.exists(real) ? real : Path.of("/bin", tool)) + " \"$@\"");
    }
    assertThat(launch(tree.resolve("rewarddance"), "", "PATH=" + bin))
        .isEqualTo(
            new Ended(
                3,
                "rewarddance: no java found: set JAVA_HOME to a JDK 17 or later, or put its bin directory on PATH\n"));
  }
}
