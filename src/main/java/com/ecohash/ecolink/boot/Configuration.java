package com.ecohash.ecolink.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration as read at the start: from system properties, the environment and what else
 * MicroProfile Config knows. A key that is unknown or a value that cannot be stops the start.
 */
final class Configuration {
  private static final String PREFIX = "ecolink.";
  private static final String ENVIRONMENT_PREFIX = "ECOLINK_";
  private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,15})\\s*([A-Za-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private final Function<String, Optional<String>> values;

  private Configuration(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /**
   * @throws BadConfigurationException if it holds a key that is none of ours
   */
  static Configuration of(Config config) {
    // A source of environment variables also lists them as it guesses they were meant, with dots
    // for all underscores: those are judged by the variable's own name.
    refuseUnknown(
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> isOurs(name) && !isGuessed(name))
            .toList());
    return new Configuration(key -> config.getOptionalValue(key, String.class));
  }

  static Configuration of(Map<String, String> values) {
    refuseUnknown(values.keySet());
    return new Configuration(key -> Optional.ofNullable(values.get(key)));
  }

  private static void refuseUnknown(Iterable<String> names) {
    TreeSet<String> unknown = new TreeSet<>();
    for (String name : names) {
      if (isOurs(name) && !isKnown(name)) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      throw new BadConfigurationException(
          "Unknown configuration: "
              + String.join(", ", unknown)
              + ". See the list of keys in src/docs/configuration.md.");
    }
  }

  private static boolean isGuessed(String name) {
    return name.startsWith(PREFIX) && System.getenv(Setting.environmentName(name)) != null;
  }

  private static boolean isOurs(String name) {
    return name.startsWith(PREFIX) || name.startsWith(ENVIRONMENT_PREFIX);
  }

  private static boolean isKnown(String name) {
    for (Setting setting : Setting.values()) {
      if (name.equals(setting.key()) || name.equals(Setting.environmentName(setting.key()))) {
        return true;
      }
    }
    return Setting.OF_LAUNCHER.stream()
        .anyMatch(key -> name.equals(key) || name.equals(Setting.environmentName(key)));
  }

  /** The value; empty if neither it nor a default is there. */
  Optional<String> text(Setting setting) {
    String value = values.apply(setting.key()).orElse(setting.byDefault()).trim();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** The value of a key that is not ours, such as those that all users of a library share. */
  Optional<String> foreign(String key) {
    return values.apply(key).map(String::trim).filter(value -> !value.isEmpty());
  }

  /** {@code a=b,c=d} under a key that is not ours. */
  Map<String, String> foreignPairs(String key) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : foreign(key).orElse("").split(",")) {
      String[] nameAndValue = pair.split("=", 2);
      if (nameAndValue.length == 2) {
        pairs.put(nameAndValue[0].strip(), nameAndValue[1].strip());
      }
    }
    return pairs;
  }

  Path path(Setting setting) {
    return Path.of(required(setting)).toAbsolutePath();
  }

  int number(Setting setting, int min, int max) {
    return (int) within(setting, quantity(setting, Map.of("", 1L), "a whole number"), min, max);
  }

  /** {@code true} or {@code false}. */
  boolean isOn(Setting setting) {
    return switch (required(setting)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(setting, "true or false");
    };
  }

  /** A size such as {@code 64KB}; a kilobyte has 1,024 bytes. */
  long bytes(Setting setting, long min, long max) {
    return within(setting, quantity(setting, BYTES, "a size such as 64KB or 100MB"), min, max);
  }

  /** A length of time such as {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
  Duration duration(Setting setting) {
    long millis = quantity(setting, MILLIS, "a time such as 500ms, 5s or 2m");
    if (millis < 1) {
      throw bad(setting, "longer than nothing");
    }
    return Duration.ofMillis(millis);
  }

  /** A length of time, or {@code 0}. */
  Duration durationOrNone(Setting setting) {
    return required(setting).equals("0") ? Duration.ZERO : duration(setting);
  }

  private long quantity(Setting setting, Map<String, Long> units, String form) {
    Matcher matcher = QUANTITY.matcher(required(setting));
    if (!matcher.matches()) {
      throw bad(setting, form);
    }
    Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw bad(setting, form);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  private long within(Setting setting, long value, long min, long max) {
    if (value < min || value > max) {
      throw bad(setting, "between " + min + " and " + max);
    }
    return value;
  }

  /** The value, or an empty text, as something that has a form of its own. */
  <T> T parsed(Setting setting, Function<String, T> parser) {
    try {
      return parser.apply(text(setting).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new BadConfigurationException(setting.key() + ": " + e.getMessage() + ".");
    }
  }

  private String required(Setting setting) {
    return text(setting).orElseThrow(() -> bad(setting, "given"));
  }

  private BadConfigurationException bad(Setting setting, String mustBe) {
    return new BadConfigurationException(
        setting.key()
            + " must be "
            + mustBe
            + "; it is \""
            + values.apply(setting.key()).orElse(setting.byDefault())
            + "\".");
  }
}
