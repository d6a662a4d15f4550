package com.ecohash.ecolink.console;

import java.util.List;
import java.util.Optional;

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
}
