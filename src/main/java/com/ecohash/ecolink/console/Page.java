package com.ecohash.ecolink.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A list on the wire, or a part of one.
 *
 * @param nextCursor what to send as {@code cursor} for the next part; null after the last
 */
public record Page<T>(List<T> data, Optional<String> nextCursor) {
  public Page {
    data = List.copyOf(data);
  }

  public static <T> Page<T> whole(List<T> data) {
    return new Page<>(data, Optional.empty());
  }

  /**
   * A page of what a question finds. It is asked for one more than the limit, which tells whether
   * there is another page.
   *
   * @param question is given how many to find at the most
   * @param cursor of the page's last one
   */
  public static <F, T> Page<T> of(
      int limit, IntFunction<List<F>> question, Function<F, T> view, Function<F, String> cursor) {
    List<F> found = question.apply(limit + 1);
    List<F> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit ? Optional.of(cursor.apply(page.get(limit - 1))) : Optional.empty();
    return new Page<>(page.stream().map(view).toList(), next);
  }
}
