package com.ecohash.ecolink.console;

import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.web.WireTime;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters: times, ids, limits, cursors. */
public final class Queries {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIST_LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1_000;

  private Queries() {}

  public static int limit(@Nullable String text) {
    return limit(text, LIMIT_DEFAULT, LIMIT_MAX);
  }

  public static int limit(@Nullable String text, int byDefault, int max) {
    if (text == null) {
      return byDefault;
    }
    if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text);
    }
    throw ApiException.invalidRequest("limit", "limit is 1 to " + max + ".");
  }

  /** Of what an account has some of, and most callers want all of. */
  public static int listLimit(@Nullable String text) {
    return limit(text, LIST_LIMIT_DEFAULT, LIMIT_MAX);
  }

  public static Optional<Instant> time(String name, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(WireTime::parse);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidRequest(name, name + " is wrong: " + e.getMessage() + ".");
    }
  }

  /**
   * @throws ApiException if the two are the wrong way round
   */
  public static void requireOrder(Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw ApiException.invalidRequest("from", "from lies before to.");
    }
  }

  /**
   * The values named, with commas between; none for no text.
   *
   * @throws ApiException if a word is none of the known ones
   */
  public static <E extends Enum<E>> Set<E> words(
      String parameter, @Nullable String text, Class<E> type, Function<E, String> name) {
    Set<E> wanted = EnumSet.noneOf(type);
    if (text != null) {
      for (String word : text.split(",", -1)) {
        wanted.add(word(parameter, word, type, name));
      }
    }
    return wanted;
  }

  private static <E extends Enum<E>> E word(
      String parameter, String word, Class<E> type, Function<E, String> name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> name.apply(one).equals(word))
        .findAny()
        .orElseThrow(
            () ->
                ApiException.invalidRequest(
                    parameter,
                    parameter
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(name)
                            .collect(Collectors.joining(", "))
                        + ", or several of them with commas between."));
  }

  public static Optional<Long> id(String name, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Long> id = PathIds.number(text);
    if (id.isEmpty()) {
      throw ApiException.invalidRequest(name, name + " is an id, a whole number above zero.");
    }
    return id;
  }

  public static String cursor(UsagePosition position) {
    String text =
        ChronoUnit.MICROS.between(Instant.EPOCH, position.startedAt()) + ":" + position.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  public static Optional<UsagePosition> position(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      String[] parts = text.split(":", 2);
      if (parts.length == 2 && RequestId.isWellFormed(parts[1])) {
        Instant startedAt = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
        return Optional.of(new UsagePosition(WireTime.inRange(startedAt), new RequestId(parts[1])));
      }
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw wrongCursor();
    }
    throw wrongCursor();
  }

  public static String cursor(GpuPosition position) {
    return position.begin().getEpochSecond() + "-" + position.replica();
  }

  public static Optional<GpuPosition> gpuPosition(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    String[] parts = cursor.split("-", -1);
    if (parts.length != 2) {
      throw wrongCursor();
    }
    long second =
        PathIds.number(parts[0])
            .filter(time -> time <= WireTime.LAST.getEpochSecond())
            .orElseThrow(Queries::wrongCursor);
    long replica = PathIds.number(parts[1]).orElseThrow(Queries::wrongCursor);
    return Optional.of(new GpuPosition(Instant.ofEpochSecond(second), new ReplicaId(replica)));
  }

  public static Optional<Long> entryPosition(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    return Optional.of(PathIds.number(cursor).orElseThrow(Queries::wrongCursor));
  }

  public static ApiException wrongCursor() {
    return ApiException.invalidRequest(
        "cursor", "cursor is the next_cursor of the page before, unchanged.");
  }
}
