package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGroup;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.web.WireTime;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of usage: the filter and the grouping, the same for JSON and CSV. */
record UsageQuestion(UsageFilter filter, List<UsageGrouping> by) {
  private static final int DAY_LENGTH = "2026-11-23".length();

  static UsageQuestion of(AccountId account, MultivaluedMap<String, String> parameters) {
    Optional<Instant> from = Queries.time("from", parameters.getFirst("from"));
    Optional<Instant> to = Queries.time("to", parameters.getFirst("to"));
    Queries.requireOrder(from, to);
    UsageFilter filter =
        new UsageFilter(
            account,
            from,
            to,
            Queries.id("instance", parameters.getFirst("instance")).map(InstanceId::new),
            Queries.id("key", parameters.getFirst("key")).map(KeyId::new));
    return new UsageQuestion(filter, groupings(parameters.getFirst("group_by")));
  }

  boolean isGrouped() {
    return !by.isEmpty();
  }

  private static List<UsageGrouping> groupings(@Nullable String text) {
    List<UsageGrouping> by = new ArrayList<>();
    if (text == null) {
      return by;
    }
    for (String name : text.split(",", -1)) {
      UsageGrouping grouping =
          UsageGrouping.ofWireName(name).orElseThrow(UsageQuestion::wrongGrouping);
      if (by.contains(grouping)) {
        throw wrongGrouping();
      }
      by.add(grouping);
    }
    return by;
  }

  private static ApiException wrongGrouping() {
    return ApiException.invalidRequest(
        "group_by",
        "group_by is day, instance or key, or several of them with commas, such as day,instance.");
  }

  /** Reads the position that {@link UsageGroup#name} wrote. */
  Optional<UsageGroup> position(@Nullable String cursor) {
    if (cursor == null) {
      return Optional.empty();
    }
    String[] parts = cursor.split(",", -1);
    if (parts.length != by.size()) {
      throw Queries.wrongCursor();
    }
    Optional<LocalDate> day = Optional.empty();
    Optional<InstanceId> instance = Optional.empty();
    Optional<KeyId> key = Optional.empty();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      switch (by.get(i)) {
        case DAY -> day = Optional.of(day(part));
        case INSTANCE -> instance = Optional.of(new InstanceId(id(part)));
        case KEY -> key = part.equals("none") ? Optional.empty() : Optional.of(new KeyId(id(part)));
      }
    }
    return Optional.of(new UsageGroup(by, day, instance, key));
  }

  private static long id(String text) {
    return PathIds.number(text).orElseThrow(Queries::wrongCursor);
  }

  private static LocalDate day(String text) {
    if (text.length() > DAY_LENGTH) {
      throw Queries.wrongCursor(); // of a year that no database has
    }
    try {
      LocalDate day = LocalDate.parse(text);
      WireTime.inRange(day.atStartOfDay(ZoneOffset.UTC).toInstant());
      return day;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Queries.wrongCursor();
    }
  }
}
