package io.rewarddance.driver.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** JDK, cores, memory: what every run needs. */
final class Machine {
  private static final int JDK = 17;
  private static final double GIB = 1L << 30;
  private static final double WANTED_GIB = 3;

  private Machine() {}

  static List<Finding> look() {
    return List.of(jdk(), cores(), memory());
  }

  private static Finding jdk() {
    int feature = Runtime.version().feature();
    String home = System.getProperty("java.home");
    String detail = Runtime.version() + " (" + System.getProperty("java.vendor") + ") in " + home;
    if (feature < JDK) {
      return Finding.problem("JDK", detail, "set JAVA_HOME to a JDK 17 or later");
    }
    return Files.exists(Path.of(home, "bin", "javac"))
        ? Finding.ok("JDK", detail)
        : Finding.weak(
            "JDK", detail + ", without javac", "enough to run; building needs a full JDK");
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores >= 2
        ? Finding.ok("cores", cores + " " + System.getProperty("os.arch"))
        : Finding.weak("cores", "1", "two or more make the quickstart's four minutes possible");
  }

  private static Finding memory() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return Finding.weak("memory", "unknown", "a run needs about 3 GiB");
    }
    double total = system.getTotalMemorySize() / GIB;
    String detail = String.format(Locale.ROOT, "%.1f GiB in all", total);
    return total >= WANTED_GIB
        ? Finding.ok("memory", detail)
        : Finding.problem(
            "memory", detail, "a run needs about 3 GiB; give the machine or container more");
  }
}
