package com.ecohash.ecolink.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} request as a container reads it (RFC 7578): the bytes of its parts
 * by their name. Fails on a part without a name.
 */
public record ReceivedForm(Map<String, List<byte[]>> parts) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("(?i)form-data;.*?\\bname=\"?([^\";]+)\"?");

  public static ReceivedForm of(ReceivedRequest request) {
    String delimiter = "\r\n--" + group(BOUNDARY, request.header("content-type").orElseThrow());
    String body = "\r\n" + new String(request.body(), ISO_8859_1);
    Map<String, List<byte[]>> parts = new LinkedHashMap<>();
    int at = body.indexOf(delimiter) + delimiter.length();
    for (int end = body.indexOf(delimiter, at); end >= 0; end = body.indexOf(delimiter, at)) {
      int headEnd = body.indexOf("\r\n\r\n", at);
      String name = group(NAME, body.substring(at, headEnd));
      byte[] content = body.substring(headEnd + 4, end).getBytes(ISO_8859_1);
      parts.computeIfAbsent(name, first -> new ArrayList<>()).add(content);
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

  /** The text of the only part of this name; empty if there is none. */
  public String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  /** The bytes of the only part of this name; empty if there is none. */
  public byte[] bytes(String name) {
    List<byte[]> all = parts.getOrDefault(name, List.of(new byte[0]));
    if (all.size() > 1) {
      throw new IllegalStateException("the part " + name + " came " + all.size() + " times");
    }
    return all.get(0);
  }
}
