package com.ecohash.ecolink.console;

import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.web.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads query parameters: times, ids, limits, cursors. */
final class Queries {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 1_000;

  /** The year 9999: no cursor of ours lies behind it. */
  private static final long MAX_SECOND = 253_402_300_799L;

  private Queries() {}

  static int limit(@Nullable String text) {
    return limit(text, LIMIT_DEFAULT, LIMIT_MAX);
  }

  static int limit(@Nullable String text, int byDefault, int max) {
    if (text == null) {
      return byDefault;
    }
    if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text);
    }
    throw ApiException.invalidRequest("limit", "limit is 1 to " + max + ".");
  }

  /** For lists that are given whole unless asked otherwise. */
  static Optional<Integer> optionalLimit(@Nullable String text) {
    return text == null ? Optional.empty() : Optional.of(limit(text));
  }

  static Optional<Instant> time(String name, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Rfc3339::parse);
    } catch (DateTimeException e) {
      throw ApiException.invalidRequest(
          name, name + " is a time as RFC 3339 has it, such as 2026-11-23T12:00:00Z.");
    }
  }

  static Optional<Long> id(String name, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Long> id = PathIds.number(text);
    if (id.isEmpty()) {
      throw ApiException.invalidRequest(name, name + " is an id, a whole number above zero.");
    }
    return id;
  }

  static String cursor(UsagePosition position) {
    String text =
        ChronoUnit.MICROS.between(Instant.EPOCH, position.startedAt()) + ":" + position.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  static Optional<UsagePosition> position(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      String[] parts = text.split(":", 2);
      if (parts.length == 2 && RequestId.isWellFormed(parts[1])) {
        Instant startedAt = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
        long second = startedAt.getEpochSecond();
        if (second >= 0 && second < MAX_SECOND) {
          return Optional.of(new UsagePosition(startedAt, new RequestId(parts[1])));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrongCursor();
    }
    throw wrongCursor();
  }

  static String cursor(GpuPosition position) {
    return position.begin().getEpochSecond() + "-" + position.replica();
  }

  static Optional<GpuPosition> gpuPosition(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    String[] parts = cursor.split("-", -1);
    if (parts.length != 2) {
      throw wrongCursor();
    }
    long second =
        PathIds.number(parts[0])
            .filter(time -> time < MAX_SECOND)
            .orElseThrow(Queries::wrongCursor);
    long replica = PathIds.number(parts[1]).orElseThrow(Queries::wrongCursor);
    return Optional.of(new GpuPosition(Instant.ofEpochSecond(second), new ReplicaId(replica)));
  }

  static Optional<Long> entryPosition(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    return Optional.of(PathIds.number(cursor).orElseThrow(Queries::wrongCursor));
  }

  static ApiException wrongCursor() {
    return ApiException.invalidRequest(
        "cursor", "cursor is the next_cursor of the page before, unchanged.");
  }
}
