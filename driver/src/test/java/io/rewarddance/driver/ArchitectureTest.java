package io.rewarddance.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the arrows between modules, and the places that alone may use a library or a shared secret.
 */
class ArchitectureTest {
  private static final String ROOT = "io.rewarddance.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rewarddance");

  @Test
  void everyModuleIsSeen() {
    for (String module : List.of("proto", "rollout", "metrics", "embedded", "driver")) {
      assertThat(CLASSES)
          .as("classes of module %s", module)
          .anyMatch(c -> c.getPackageName().startsWith(ROOT + module));
    }
  }

  static List<Arguments> forbiddenArrows() {
    return List.of(
        Arguments.of("proto", List.of("rollout", "metrics", "embedded", "driver")),
        Arguments.of("rollout", List.of("proto", "metrics", "embedded", "driver")),
        Arguments.of("metrics", List.of("proto", "embedded", "driver")),
        Arguments.of("embedded", List.of("metrics", "driver")),
        Arguments.of("driver", List.of("embedded")));
  }

  @ParameterizedTest
  @MethodSource("forbiddenArrows")
  void modulesPointOneWay(String module, List<String> others) {
    String[] packages = others.stream().map(o -> ROOT + o + "..").toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages));
  }

  @Test
  void theServerAndTheTrainerShareOnlyFilesAndProtocols() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "embedded.trainer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "embedded.server..", ROOT + "embedded.model.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT + "embedded.server..", ROOT + "embedded.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "embedded.trainer.."));
  }

  @Test
  void theDriverKnowsNothingOfTheShapesWorld() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "driver..")
            .should()
            .haveSimpleNameContaining("Shape"));
  }

  static List<Arguments> libraryOwners() {
    return List.of(
        Arguments.of("io.jhdf..", List.of("rollout.store..", "rollout.preference..")),
        Arguments.of("ai.onnxruntime..", List.of("embedded.model..")),
        Arguments.of("org.bytedeco..", List.of("embedded.trainer..")),
        Arguments.of("org.apache.commons.math3..", List.of("metrics..", "driver..")),
        Arguments.of("picocli..", List.of("driver.cli..")),
        Arguments.of("com.networknt..", List.of("driver.config..")));
  }

  @ParameterizedTest
  @MethodSource("libraryOwners")
  void aLibraryIsUsedWhereItsOwnerIs(String library, List<String> owners) {
    String[] packages = owners.stream().map(o -> ROOT + o).toArray(String[]::new);
    check(
        classes()
            .that()
            .resideInAPackage("io.rewarddance..")
            .and()
            .resideOutsideOfPackages(packages)
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage(library));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
