package com.ecohash.ecolink.ids;

import java.util.regex.Pattern;

/**
 * The identity of one exchange: the primary key of its usage record and the value of {@code
 * x-ecolink-request-id}. Made by {@link RequestIds}.
 */
public record RequestId(String value) {
  private static final Pattern FORM = Pattern.compile("req_[0-9a-z]{26}");

  public RequestId {
    if (value.length() != 30 || !value.startsWith("req_")) {
      throw new IllegalArgumentException("not a request id");
    }
  }

  /** Whether {@code text}, which may come from anybody, has the form of a request id. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
