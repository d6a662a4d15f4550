package com.ecohash.ecolink.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} request as a container reads it (RFC 7578): each part's bytes by
 * its name. Fails on a part without a name and on one that comes twice.
 */
public record ReceivedForm(Map<String, byte[]> parts) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("(?i)form-data;.*?\\bname=\"?([^\";]+)\"?");

  public static ReceivedForm of(ReceivedRequest request) {
    String delimiter = "\r\n--" + group(BOUNDARY, request.header("content-type").orElseThrow());
    String body = "\r\n" + new String(request.body(), ISO_8859_1);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    int at = body.indexOf(delimiter) + delimiter.length();
    for (int end = body.indexOf(delimiter, at); end >= 0; end = body.indexOf(delimiter, at)) {
      int headEnd = body.indexOf("\r\n\r\n", at);
      String name = group(NAME, body.substring(at, headEnd));
      byte[] content = body.substring(headEnd + 4, end).getBytes(ISO_8859_1);
      if (parts.put(name, content) != null) {
        throw new IllegalStateException("the part " + name + " came twice");
      }
      at = end + delimiter.length();
    }
    if (!body.startsWith("--", at)) {
      throw new IllegalStateException("the form does not end");
    }
    return new ReceivedForm(parts);
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(pattern + " is not in " + text);
    }
    return matcher.group(1);
  }

  /** A field's text; empty if there is none of this name. */
  public String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  public byte[] bytes(String name) {
    return parts.getOrDefault(name, new byte[0]);
  }
}
