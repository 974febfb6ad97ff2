package io.rewarddance.driver.doctor.triton;

import java.util.List;
import java.util.Optional;

/**
 * What one server showed.
 *
 * @param endpoint {@code host:port}
 * @param about what it says of itself; empty when it couldn't be asked
 * @param trouble why it couldn't be asked, or not to the end
 * @param models every model of its index, by name
 */
public record ServerLook(
    String endpoint, Optional<About> about, Optional<Trouble> trouble, List<ModelLook> models) {
  public ServerLook {
    models = List.copyOf(models);
  }

  /**
   * @param name as in {@code triton}
   * @param version of the server
   * @param extensions of the protocol that it has
   * @param live whether it calls itself live
   * @param ready whether it calls itself ready: no model's last load failed
   * @param loads whether it takes loads of models, which publishing needs
   */
  public record About(
      String name,
      String version,
      List<String> extensions,
      boolean live,
      boolean ready,
      Loads loads) {
    public About {
      extensions = List.copyOf(extensions);
    }
  }

  /** Whether a server takes loads of models. */
  public enum Loads {
    TAKEN,
    /** Its model control mode isn't explicit. */
    NOT_TAKEN,
    /** It let nobody ask. */
    UNKNOWN
  }

  /** The model of that name, when the index has it. */
  public Optional<ModelLook> model(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }
}
