package io.rewarddance.embedded.trainer.tensor;

import java.io.File;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libtorch once for this process and makes every native operation single-threaded.
 *
 * <p>Left alone, OpenBLAS and libgomp each start a thread per core and spin against each other,
 * which costs several times the work itself. Here the parallelism is {@link SlicePool}'s: whole
 * slices of a minibatch, one to a thread. Nothing depends on environment variables, so it holds for
 * a plain {@code java -jar}; {@code OPENBLAS_CORETYPE}, where a machine sets it, is left alone.
 */
public final class NativeTorch {
  private static final Logger LOG = LoggerFactory.getLogger(NativeTorch.class);
  private static boolean loaded;

  private NativeTorch() {}

  /**
   * Loads the native libraries; the first call takes about a second, or several when they have yet
   * to be unpacked.
   *
   * @throws IllegalStateException when there are none for this platform
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    // Read when the first native object is made: every allocation would else read /proc to compare
    // the process's size with the heap's, which says nothing about memory that scopes free anyway.
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
    try {
      limitBlasThreads(Loader.load(openblas.class));
      Loader.load(torch.class);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "libtorch: not loadable on "
              + Loader.getPlatform()
              + " (expected: a build that carries its libraries for this platform): "
              + e.getMessage(),
          e);
    }
    loaded = true;
    enterThread();
  }

  /** What each thread that calls libtorch sets for itself first. */
  static void enterThread() {
    torch.set_num_threads(1);
    // The optimising executor profiles and recompiles for each new shape; plain eager execution of
    // the trace is as fast for such a network, from the first call on.
    torch.setGraphExecutorOptimize(false);
  }

  private static void limitBlasThreads(String jniLibrary) {
    File blas = blasBeside(jniLibrary);
    if (blas == null) {
      return;
    }
    // OpenBLAS's own functions are looked up among the process's global symbols.
    Loader.loadGlobal(blas.getPath());
    openblas_nolapack.blas_set_num_threads(1);
    if (openblas_nolapack.blas_get_num_threads() != 1) {
      LOG.warn("OpenBLAS keeps its own threads: training will be slow on a busy machine");
    }
  }

  private static File blasBeside(String jniLibrary) {
    File[] found =
        new File(jniLibrary)
            .getParentFile()
            .listFiles((directory, name) -> name.matches("libopenblas\\.(so\\.0|0\\.dylib)"));
    return found == null || found.length == 0 ? null : found[0];
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
