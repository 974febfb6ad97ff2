package io.rewarddance.driver.doctor.triton;

import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Fit;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One model of a server.
 *
 * @param name of the model
 * @param versions as the index has them; empty for one that was never loaded
 * @param config as the server sees it; empty unless a version is ready
 */
public record ModelLook(String name, List<Version> versions, Optional<ModelConfig> config) {
  private static final String READY = "READY";

  public ModelLook {
    versions = List.copyOf(versions);
  }

  /**
   * @param version number, as text
   * @param state in the index
   * @param reason the server's own, mostly empty
   */
  public record Version(String version, String state, String reason) {
    /** Whether it answers. */
    public boolean ready() {
      return state.equals(READY);
    }

    /** Whether its load failed, and it wasn't merely replaced. */
    public boolean failed() {
      return !ready() && !reason.isEmpty() && !reason.equals("unloaded");
    }
  }

  /** Versions that answer, in the order of the index. */
  public List<String> ready() {
    return versions.stream().filter(Version::ready).map(Version::version).toList();
  }

  public List<Version> failed() {
    return versions.stream().filter(Version::failed).toList();
  }

  /** What is served; empty unless a version is ready. */
  public Optional<ServedModel> served() {
    return config.map(ServedModel::of);
  }

  /** How well the model fits each contract; empty unless a version is ready. */
  public List<Fit> fits() {
    return served()
        .map(model -> Contracts.ALL.stream().map(contract -> contract.fit(model)).toList())
        .orElse(List.of());
  }

  public boolean fits(Contract contract) {
    return served().filter(model -> contract.fit(model).fits()).isPresent();
  }

  /** The contract that the model is closest to; empty unless a version is ready. */
  public Optional<Fit> nearest() {
    return fits().stream()
        .max(
            Comparator.comparingDouble(Fit::closeness)
                .thenComparing(fit -> -fit.differences().size()));
  }
}
