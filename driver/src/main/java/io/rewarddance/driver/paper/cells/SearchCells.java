package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellException.Reason;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.prompt.PromptFile;
import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.driver.search.SearchPlan;
import io.rewarddance.driver.search.Stage;
import io.rewarddance.driver.search.job.SearchJob;
import io.rewarddance.driver.search.job.SearchRoles;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Searches, as {@code rewarddance search --compare} makes them. */
final class SearchCells {
  private static final int SHOWN = 6;

  private final RunCells runs;

  SearchCells(RunCells runs) {
    this.runs = runs;
  }

  /** A search takes less than a minute: one that was interrupted begins again. */
  CellNumbers run(Cell cell, Path directory) throws CellException {
    try {
      RunConfig config = runs.load(cell, directory).config();
      Path out = directory.resolve("search");
      Files.writeString(directory.resolve("command.txt"), command(cell, config));
      SearchRoles roles =
          new SearchRoles(
              config.triton().generator(),
              config.judges().get(0).model(),
              config.triton().oracle());
      try (AdHocModels open =
          AdHocModels.open(config.triton(), roles.all(), config.effectiveThreads())) {
        Comparison comparison = job(cell, config, roles).run(open, out);
        return SearchNumbers.of(comparison, Sha256.of(out.resolve("search.json")));
      }
    } catch (ConfigException e) {
      throw new CellException(Reason.SETTINGS, e.getMessage(), e);
    } catch (StepFailedException | ModelMismatchException | IOException e) {
      throw new CellException(Reason.FAILED, e.getMessage(), e);
    }
  }

  private static SearchJob job(Cell cell, RunConfig config, SearchRoles roles) throws IOException {
    int steps = config.evaluate().steps();
    int budget = cell.search().budget();
    List<Prompt> prompts =
        PromptFile.read(config.prompts().heldOut(), config.prompts().categories());
    return new SearchJob(
        roles,
        SearchJob.methods(SearchPlan.within(budget, steps, Stage.usual(steps)), budget, true),
        SearchJob.tasks(prompts, cell.search().count(), cell.seed()),
        cell.seed(),
        OnFailure.PRUNE,
        SHOWN);
  }

  /** How to repeat it by hand. */
  private static String command(Cell cell, RunConfig config) {
    return "rewarddance search --experiment experiment.yaml --prompts %s --n %d --budget %d --seed %d --show %d --compare%n"
        .formatted(
            config.prompts().heldOut().getFileName(),
            cell.search().count(),
            cell.search().budget(),
            cell.seed(),
            SHOWN);
  }
}
