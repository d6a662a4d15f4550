package com.ecohash.ecolink.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The sites whose pages may call from a browser (Fetch standard, CORS protocol).
 *
 * @param everybody any site may
 */
public record AllowedOrigins(boolean everybody, Set<String> origins) {
  private static final String ANY = "*";
  private static final Pattern FORM =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?");

  public AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /**
   * Reads a list such as {@code https://app.example.com,http://localhost:5173}, or {@code *}.
   *
   * @throws IllegalArgumentException if an entry is no origin
   */
  public static AllowedOrigins parse(String commaSeparated) {
    Set<String> origins = new HashSet<>();
    boolean everybody = false;
    for (String part : commaSeparated.split(",")) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      if (entry.equals(ANY)) {
        everybody = true;
      } else if (FORM.matcher(entry).matches()) {
        origins.add(entry);
      } else if (!entry.isEmpty()) {
        throw new IllegalArgumentException(
            "an origin is a scheme, a host and perhaps a port, such as https://app.example.com,"
                + " without a path: "
                + entry);
      }
    }
    return new AllowedOrigins(everybody, origins);
  }

  /** Whether no site may: the browser's own default. */
  public boolean isNobody() {
    return !everybody && origins.isEmpty();
  }

  /** Browsers write origins in lower case. */
  boolean contains(String origin) {
    return everybody || origins.contains(origin);
  }
}
