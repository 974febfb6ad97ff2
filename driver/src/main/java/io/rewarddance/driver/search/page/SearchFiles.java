package io.rewarddance.driver.search.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.picture.Png;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a search leaves in a directory; files of an earlier search there are replaced. */
public final class SearchFiles {
  private SearchFiles() {}

  /**
   * Writes {@code search.html}, {@code search.json} and each answer as {@code images/0000.png}.
   *
   * @param shown how many trees the page draws
   */
  public static void write(Path directory, SearchRecord search, int shown) throws IOException {
    Files.createDirectories(directory);
    for (SearchTree tree : search.comparison().results().get(0).trees()) {
      Optional<Node> chosen = tree.chosen();
      if (chosen.isPresent()) {
        Path file = directory.resolve(Text.format("images/%04d.png", tree.task().index()));
        Png.write(chosen.get().image().orElseThrow().sheet(), file);
      }
    }
    Files.writeString(directory.resolve("search.html"), new SearchPage(search, shown).html());
    Files.writeString(directory.resolve("search.json"), SearchJson.of(search));
  }
}
