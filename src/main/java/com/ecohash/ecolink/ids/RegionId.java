package com.ecohash.ecolink.ids;

import java.util.regex.Pattern;

/** The identity of a region, as the operator named it: {@code us-west}. */
public record RegionId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  public RegionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a region's id has 1 to 63 lower-case letters, digits and inner hyphens: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
