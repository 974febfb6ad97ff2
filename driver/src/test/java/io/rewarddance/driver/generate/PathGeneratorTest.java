package io.rewarddance.driver.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the shipped generator on the embedded server. */
class PathGeneratorTest {
  private static final int STEPS = 5;
  private static final String MODEL = "shapes_generator";
  private static AdHocModels models;
  private static PathGenerator generator;

  @BeforeAll
  static void open() throws Exception {
    Path quickstart =
        Path.of(System.getProperty("rewarddance.root"), "experiments", "quickstart.yaml");
    models =
        AdHocModels.open(
            new ConfigLoader().load(quickstart, List.of()).config().triton(), Set.of(MODEL), 1);
    generator = new PathGenerator(models.describe(MODEL), models.inference(), 1);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  private static Draw draw(long seed) {
    return new Draw(new Prompt(0, "two blue squares", ""), seed);
  }

  private static Arrival walk(Departure departure, Leg leg) {
    return Outcome.all(generator.walk("test", List.of(departure), leg, Generator.ANY_POLICY).join())
        .get(0);
  }

  private static Departure fromNoise(long seed) {
    return new Departure(draw(seed), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aPathTakenUpOnTheWayEndsInTheSameBytes(int level) {
    Arrival whole = walk(fromNoise(9), Leg.fromNoise(STEPS, STEPS));
    Arrival half = walk(fromNoise(9), Leg.fromNoise(STEPS, level));
    assertThat(half.sigma()).isBetween(0.1f, 0.95f);
    Departure on = new Departure(draw(1), Optional.of(half.latent()));
    Arrival rest = walk(on, Leg.onward(STEPS, level, STEPS));
    assertThat(rest.sample()).isEqualTo(whole.sample());
    assertThat(rest.latent().values()).containsExactly(whole.latent().values());
    assertThat(rest.sigma()).isZero();
    assertThat(rest.policy()).isEqualTo(whole.policy());
  }

  @Test
  void pathsThatAreNoisedAgainPartByTheirSeeds() {
    Latent latent = walk(fromNoise(9), Leg.fromNoise(STEPS, 3)).latent();
    Leg again = new Leg(STEPS, 3, 1, STEPS);
    List<Arrival> arrivals =
        Outcome.all(
            generator
                .walk(
                    "test",
                    List.of(
                        new Departure(draw(1), Optional.of(latent)),
                        new Departure(draw(2), Optional.of(latent)),
                        new Departure(draw(1), Optional.of(latent))),
                    again,
                    1)
                .join());
    assertThat(arrivals.get(0).sample()).isEqualTo(arrivals.get(2).sample());
    assertThat(arrivals.get(0).sample()).isNotEqualTo(arrivals.get(1).sample());
  }

  @Test
  void aStateOfAnotherShapeIsAFailureWithTheServersWords() {
    Latent small = new Latent(new int[] {3, 2, 2}, new float[12]);
    Outcome<Arrival> outcome =
        generator
            .walk(
                "test",
                List.of(new Departure(draw(1), Optional.of(small))),
                Leg.onward(STEPS, 2, 3),
                -1)
            .join()
            .get(0);
    assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(FailureKind.GENERATOR_ERROR);
    assertThat(outcome.failure().orElseThrow().message()).contains("'start_latent'");
  }

  @Test
  void aGeneratorWithoutTheseInputsIsRefusedByName() {
    assertThatThrownBy(
            () ->
                new PathGenerator(
                    DescribedModels.of(Contracts.GENERATOR, "painter", 8), call -> null, 1))
        .isInstanceOf(ModelMismatchException.class)
        .hasMessageContaining("start_latent")
        .hasMessageContaining("generator of paths");
  }

  @Test
  void legsAreInOrder() {
    assertThat(new Leg(6, 4, 2, 5).evaluations()).isEqualTo(3);
    assertThat(new Leg(6, 6, 2, 5).isRenoised()).isTrue();
    assertThatThrownBy(() -> new Leg(6, 2, 3, 5)).hasMessageContaining("begin <= from");
    assertThatThrownBy(() -> new Leg(6, 3, 3, 3)).hasMessageContaining("begin < stop");
    assertThatThrownBy(() -> new Leg(6, 3, 3, 7)).hasMessageContaining("stop <= steps");
  }
}
