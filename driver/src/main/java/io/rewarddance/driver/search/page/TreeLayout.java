package io.rewarddance.driver.search.page;

import io.rewarddance.driver.search.Fate;
import io.rewarddance.driver.search.Node;
import io.rewarddance.driver.search.SearchTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a tree's nodes are drawn: rounds from left to right, in each the pruned ones in as many
 * columns as it takes to stay low, and to their right one column of those that went on, where lines
 * begin. Pure; pixels.
 */
final class TreeLayout {
  static final int THUMBNAIL = 52;
  private static final int ROWS = 8;
  private static final int ROW = 78;
  private static final int COLUMN = THUMBNAIL + 8;
  private static final int GAP = 60;
  private static final int TOP = 26;
  private static final int MARGIN = 12;

  /** The top left corner of a thumbnail. */
  record Place(int x, int y) {}

  private final Map<Integer, Place> places = new HashMap<>();
  private final List<Integer> middles = new ArrayList<>();
  private final int rows;
  private final int width;

  TreeLayout(SearchTree tree) {
    int most = 0;
    for (int round = 0; round < tree.plan().rounds(); round++) {
      most =
          Math.max(
              most, Math.max(went(tree, round, true).size(), Math.min(ROWS, stopped(tree, round))));
    }
    this.rows = most;
    int x = MARGIN;
    for (int round = 0; round < tree.plan().rounds(); round++) {
      int begin = x;
      x = columns(went(tree, round, false), x);
      x = columns(went(tree, round, true), x);
      middles.add((begin + x - COLUMN + THUMBNAIL) / 2);
      x += GAP;
    }
    this.width = x - GAP + MARGIN;
  }

  private static int stopped(SearchTree tree, int round) {
    return went(tree, round, false).size();
  }

  private static List<Node> went(SearchTree tree, int round, boolean on) {
    return tree.round(round).stream()
        .filter(n -> on == (n.fate() == Fate.KEPT || n.fate() == Fate.CHOSEN))
        .toList();
  }

  /** Puts nodes into columns from {@code x} on, each centred; returns where the next may begin. */
  private int columns(List<Node> nodes, int x) {
    for (int from = 0; from < nodes.size(); from += rows, x += COLUMN) {
      List<Node> column = nodes.subList(from, Math.min(from + rows, nodes.size()));
      int above = from > 0 ? 0 : ROW * (rows - column.size()) / 2;
      for (int i = 0; i < column.size(); i++) {
        places.put(column.get(i).id(), new Place(x, TOP + above + ROW * i));
      }
    }
    return x;
  }

  Place of(Node node) {
    return places.get(node.id());
  }

  /** Middle of a round, for its heading. */
  int middle(int round) {
    return middles.get(round);
  }

  int width() {
    return width;
  }

  int height() {
    return TOP + ROW * rows;
  }
}
