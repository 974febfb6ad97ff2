package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.local.Workspace;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.work.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The project's models and templates, and how cells name them. Nothing but the templates in {@code
 * experiments/paper/} says which world it is.
 */
public final class World {
  private final Path root;
  private final Layout layout;
  private final RunConfig common;

  /**
   * @param root of the project
   * @throws ConfigException when the template of runs can't be used
   */
  public World(Path root, Layout layout) throws ConfigException {
    this.root = root.toAbsolutePath().normalize();
    this.layout = new Layout(layout.out().toAbsolutePath().normalize());
    this.common = new ConfigLoader().load(template(CellKind.RUN), List.of()).config();
  }

  /** The file that a cell's settings are laid over. */
  Path template(CellKind kind) {
    return root.resolve("experiments/paper").resolve(kind.template());
  }

  /**
   * The model directory that a rung's judges begin as: the one in {@code triton-models/bases/}
   * whose name ends with the rung's.
   */
  public Path base(Rung rung) throws IOException {
    Path bases = root.resolve("triton-models/bases");
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(bases)) {
      try (Stream<Path> entries = Files.list(bases)) {
        entries
            .filter(entry -> entry.getFileName().toString().endsWith("_" + rung.label()))
            .forEach(found::add);
      }
    }
    if (found.size() != 1) {
      throw new IOException(
          bases + "/*_" + rung.label() + ": " + found + " (expected: one directory)");
    }
    return found.get(0);
  }

  /** The cell's settings with directories in place of what stands for them. */
  List<String> settings(Cell cell) throws IOException {
    List<String> settings = new ArrayList<>();
    for (String setting : cell.settings()) {
      String filled =
          setting
              .replace(Cell.CELLS, text(layout.cells()))
              .replace(Cell.CELL, text(layout.cell(cell)))
              .replace(Cell.OUT, text(layout.out()));
      for (Rung rung : Rung.values()) {
        if (filled.contains(Cell.base(rung))) {
          filled = filled.replace(Cell.base(rung), text(base(rung)));
        }
      }
      settings.add(filled);
    }
    return settings;
  }

  /** Models that every run uses, in a repository that judges are published to. */
  void prepareRepository() throws IOException {
    Path source = source();
    Files.createDirectories(layout.repository());
    for (String model : models()) {
      Path target = layout.repository().resolve(model);
      if (!Files.exists(target)) {
        Path building = layout.out().resolve("." + model + ".tmp");
        Workspace.copyModels(source, building, Set.of(model));
        Files.move(building.resolve(model), target);
        Files.delete(building);
      }
    }
  }

  /** What every cell but a judge's training follows from, besides its settings. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    models().forEach(model -> files.add(source().resolve(model)));
    files.add(common.prompts().train());
    files.add(common.prompts().heldOut());
    return files;
  }

  private Set<String> models() {
    Set<String> models = new TreeSet<>(Set.of(common.triton().generator()));
    common.triton().oracle().ifPresent(models::add);
    return models;
  }

  private Path source() {
    return common.triton().repository().orElseThrow();
  }

  /** Inside the project as settings files have it: relative to its root. */
  private String text(Path path) {
    return (path.startsWith(root) ? root.relativize(path) : path).toString().replace('\\', '/');
  }
}
