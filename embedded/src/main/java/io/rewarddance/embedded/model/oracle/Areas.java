package io.rewarddance.embedded.model.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds the 4-connected areas of foreground pixels of one colour. */
final class Areas {
  static final int[][] STEPS = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

  private final Picture picture;
  private final int[] colours;
  private final BitSet todo;

  private Areas(Picture picture, Hues hues) {
    this.picture = picture;
    this.colours = new int[picture.pixels()];
    this.todo = new BitSet(picture.pixels());
    for (int p = 0; p < colours.length; p++) {
      if (picture.isForeground(p)) {
        todo.set(p);
        colours[p] = hues.code(picture.red(p), picture.green(p), picture.blue(p));
      }
    }
  }

  /** The areas as sets of pixels, in the row-major order of their first pixels. */
  static List<BitSet> of(Picture picture, Hues hues) {
    Areas search = new Areas(picture, hues);
    List<BitSet> areas = new ArrayList<>();
    for (int start = search.todo.nextSetBit(0); start >= 0; start = search.todo.nextSetBit(start)) {
      areas.add(search.areaFrom(start));
    }
    return areas;
  }

  private BitSet areaFrom(int start) {
    BitSet area = new BitSet(picture.pixels());
    Deque<Integer> front = new ArrayDeque<>();
    todo.clear(start);
    front.add(start);
    while (!front.isEmpty()) {
      int pixel = front.pop();
      area.set(pixel);
      for (int[] step : STEPS) {
        int near = picture.neighbour(pixel, step[0], step[1]);
        if (near >= 0 && todo.get(near) && colours[near] == colours[pixel]) {
          todo.clear(near);
          front.push(near);
        }
      }
    }
    return area;
  }
}
