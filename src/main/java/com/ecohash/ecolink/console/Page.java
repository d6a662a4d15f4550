package com.ecohash.ecolink.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A list on the wire, or a part of one.
 *
 * @param nextCursor what to send as {@code cursor} for the next part; null after the last
 */
public record Page<T>(List<T> data, Optional<String> nextCursor) {
  public Page {
    data = List.copyOf(data);
  }

  static <T> Page<T> whole(List<T> data) {
    return new Page<>(data, Optional.empty());
  }

  /**
   * A page of what was found.
   *
   * @param found one more than the limit, if there is another page
   * @param cursor of the page's last one
   */
  static <F, T> Page<T> of(
      List<F> found, int limit, Function<F, T> view, Function<F, String> cursor) {
    List<F> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit ? Optional.of(cursor.apply(page.get(limit - 1))) : Optional.empty();
    return new Page<>(page.stream().map(view).toList(), next);
  }

  /**
   * A part of a list whose ids fall.
   *
   * @param before the last id of the part before; empty for the first part
   * @param limit empty for all that is left
   */
  static <S, T> Page<T> part(
      List<S> all,
      ToLongFunction<S> id,
      Optional<Long> before,
      Optional<Integer> limit,
      Function<S, T> view) {
    List<S> left =
        all.stream().filter(one -> before.isEmpty() || id.applyAsLong(one) < before.get()).toList();
    int size = Math.min(left.size(), limit.orElse(Integer.MAX_VALUE));
    Optional<String> next =
        size < left.size()
            ? Optional.of(Long.toString(id.applyAsLong(left.get(size - 1))))
            : Optional.empty();
    return new Page<>(left.subList(0, size).stream().map(view).toList(), next);
  }
}
