package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Digests of what cells follow from. No path is part of them, so a reproduction can be moved. */
final class Inputs {
  private final World world;
  private final Fingerprints fingerprints = new Fingerprints();

  Inputs(World world) {
    this.world = world;
  }

  String of(Cell cell) throws CellException {
    try {
      StringBuilder all = new StringBuilder();
      all.append(cell.kind()).append('\n').append(cell.search()).append('\n');
      cell.settings().forEach(setting -> all.append(setting).append('\n'));
      all.append(Files.readString(world.template(cell.kind())));
      for (Path file : files(cell)) {
        all.append(fingerprints.of(file)).append('\n');
      }
      return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CellException(CellException.Reason.SETTINGS, e.toString(), e);
    }
  }

  private List<Path> files(Cell cell) throws IOException {
    if (cell.kind() != CellKind.JUDGE) {
      return world.files();
    }
    List<Path> bases = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      if (cell.settings().stream().anyMatch(setting -> setting.contains(Cell.base(rung)))) {
        bases.add(world.base(rung));
      }
    }
    return bases;
  }
}
