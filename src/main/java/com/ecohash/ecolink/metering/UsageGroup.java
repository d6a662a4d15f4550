package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one row of sums is about.
 *
 * @param by by what was summed; empty for a total. Only of these is there a value
 * @param key empty also for what was used without a key
 */
public record UsageGroup(
    List<UsageGrouping> by,
    Optional<LocalDate> day,
    Optional<InstanceId> instance,
    Optional<KeyId> key) {
  /** The group that everything is in. */
  public static final UsageGroup ALL =
      new UsageGroup(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public UsageGroup {
    by = List.copyOf(by);
  }

  /**
   * The name on the wire: the day ({@code 2026-11-23}), the ids of instance and key, {@code none}
   * for no key, in the order that was asked for, with commas between; {@code total} for all.
   */
  public String name() {
    List<String> parts = new ArrayList<>();
    for (UsageGrouping grouping : by) {
      parts.add(
          switch (grouping) {
            case DAY -> day.map(LocalDate::toString).orElse("");
            case INSTANCE -> instance.map(InstanceId::toString).orElse("");
            case KEY -> key.map(KeyId::toString).orElse("none");
          });
    }
    return parts.isEmpty() ? "total" : String.join(",", parts);
  }
}
