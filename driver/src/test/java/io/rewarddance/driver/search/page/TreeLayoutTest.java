package io.rewarddance.driver.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.search.Fate;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchTree;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TreeLayoutTest {
  private final SearchTree tree = Trees.wide();
  private final TreeLayout layout = new TreeLayout(tree);

  @Test
  void noThumbnailCoversAnother() {
    Set<TreeLayout.Place> taken = new HashSet<>();
    for (Node node : tree.nodes()) {
      TreeLayout.Place place = layout.of(node);
      assertThat(place.x()).isBetween(0, layout.width() - TreeLayout.THUMBNAIL);
      assertThat(place.y()).isBetween(0, layout.height() - TreeLayout.THUMBNAIL);
      for (TreeLayout.Place other : taken) {
        boolean apart =
            Math.abs(other.x() - place.x()) >= TreeLayout.THUMBNAIL
                || Math.abs(other.y() - place.y()) >= TreeLayout.THUMBNAIL;
        assertThat(apart).as("%s and %s", place, other).isTrue();
      }
      taken.add(place);
    }
  }

  @Test
  void linesGoToTheRightFromTheLastColumnOfARound() {
    for (Node node : tree.nodes()) {
      if (node.parent().isPresent()) {
        Node parent = tree.nodes().get(node.parent().getAsInt());
        assertThat(layout.of(parent).x() + TreeLayout.THUMBNAIL).isLessThan(layout.of(node).x());
        assertThat(tree.round(parent.round()).stream())
            .filteredOn(n -> n.fate() == Fate.PRUNED)
            .allMatch(n -> layout.of(n).x() < layout.of(parent).x());
      }
    }
  }

  @Test
  void aWideRoundStaysLow() {
    assertThat(tree.round(0)).hasSize(30);
    assertThat(layout.height()).isLessThan(700);
  }
}
