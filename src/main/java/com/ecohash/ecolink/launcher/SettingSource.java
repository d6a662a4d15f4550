package com.ecohash.ecolink.launcher;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings by name, from system properties first and the environment second, the way MicroProfile
 * Config does it: {@code ecolink.http.port} is also {@code ECOLINK_HTTP_PORT}. The launcher cannot
 * use MicroProfile Config itself, since that is part of the application it is about to start.
 */
final class SettingSource {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

  private final Function<String, Optional<String>> properties;
  private final Function<String, Optional<String>> environment;

  SettingSource(
      Function<String, Optional<String>> properties,
      Function<String, Optional<String>> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  static SettingSource ofProcess() {
    return new SettingSource(
        name -> Optional.ofNullable(System.getProperty(name)),
        name -> Optional.ofNullable(System.getenv(name)));
  }

  /** The value without surrounding blanks; an empty one counts as not set. */
  Optional<String> text(String name) {
    return properties
        .apply(name)
        .or(() -> environment.apply(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  int number(String name, int fallback, int least, int most) {
    String value = text(name).orElse(Integer.toString(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The sentence below says more than the exception does.
    }
    throw bad(name, "a whole number from " + least + " to " + most, value);
  }

  /** {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}, or ISO 8601: {@code PT30S}. */
  Duration duration(String name, String fallback) {
    String value = text(name).orElse(fallback);
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      return isoDuration(name, value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** Bytes: {@code 65536}, {@code 64KB}, {@code 1MB}; a KB has 1024 of them. */
  int sizeBytes(String name, String fallback, int least, int most) {
    String value = text(name).orElse(fallback);
    Matcher matcher = SIZE.matcher(value);
    if (matcher.matches()) {
      long bytes = Long.parseLong(matcher.group(1)) << shiftOf(matcher.group(2));
      if (bytes >= least && bytes <= most) {
        return (int) bytes;
      }
    }
    throw bad(name, "a size such as 64KB, from " + least + " to " + most + " bytes", value);
  }

  private static int shiftOf(@Nullable String unit) {
    return switch (unit == null ? "B" : unit.toUpperCase(Locale.ROOT)) {
      case "KB" -> 10;
      case "MB" -> 20;
      case "GB" -> 30;
      default -> 0;
    };
  }

  private static Duration isoDuration(String name, String value) {
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // The sentence below says more than the exception does.
    }
    throw bad(name, "a duration such as 500ms, 30s, 10m or PT30S", value);
  }

  private static BadSettingException bad(String name, String wanted, String value) {
    return new BadSettingException(name + " must be " + wanted + ", but is \"" + value + "\".");
  }
}
