package com.ecohash.ecolink.console;

import com.ecohash.ecolink.openai.ApiException;
import java.util.regex.Pattern;

/**
 * Paths that the gateway will put into URLs: whole segments of plain characters, so that nobody
 * down the line reads one differently ({@code ..}, {@code //}, {@code ;}, {@code %}).
 */
public final class UrlPath {
  private static final Pattern FORM =
      Pattern.compile("/|(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~!$&'()*+,=:@-]+)+");
  private static final int LENGTH_MAX = 512;

  private UrlPath() {}

  public static boolean isPlain(String path) {
    return path.length() <= LENGTH_MAX && FORM.matcher(path).matches();
  }

  /**
   * @throws ApiException if it is no such path
   */
  public static String check(String member, String path) {
    if (!isPlain(path)) {
      throw ApiException.invalidRequest(
          member,
          member
              + " is a path such as /generate or /api/v1/predict: it starts with a slash, does not"
              + " end with one, and holds no empty segment, no . or .. segment, and none of"
              + " ; % ? #.");
    }
    return path;
  }
}
