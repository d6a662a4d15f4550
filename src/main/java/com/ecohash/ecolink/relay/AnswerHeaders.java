package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.AnswerHead;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which header fields of a container's answer reach the client: all but these. */
final class AnswerHeaders {
  /**
   * The gateway's own to say ({@code date}, {@code x-request-id}, the limits of a key); what the
   * container runs on; and what a browser would take for a word of the whole site that the client
   * talks to, which is the gateway and not this container.
   */
  private static final Set<String> DROPPED =
      Set.of(
          "date",
          "server",
          "x-powered-by",
          "x-request-id",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          "set-cookie",
          "set-cookie2",
          "alt-svc",
          "strict-transport-security",
          "public-key-pins",
          "clear-site-data");

  private AnswerHeaders() {}

  /**
   * @param withLength false if the body may come out shorter than the container announced
   */
  static void copy(AnswerHead head, HttpServletResponse response, boolean withLength) {
    response.setStatus(head.status());
    String connection = head.joined("connection");
    for (int i = 0; i < head.fieldCount(); i++) {
      String name = head.name(i);
      String lower = name.toLowerCase(Locale.ROOT);
      if (isDropped(lower) || HopByHop.is(lower, connection)) {
        continue;
      }
      if (lower.equals("content-type")) {
        response.setContentType(head.value(i));
      } else if (lower.equals("content-length")) {
        if (withLength) {
          response.setContentLengthLong(Long.parseLong(head.value(i)));
        }
      } else {
        response.addHeader(name, head.value(i));
      }
    }
  }

  private static boolean isDropped(String lower) {
    return DROPPED.contains(lower)
        || lower.startsWith("access-control-") // CORS is the gateway's
        || lower.startsWith("x-ecolink-");
  }

  /**
   * Of these trailers those that reach the client: a receiver may merge them into the header fields
   * (RFC 9110, section 6.5.1), so no more may be said there, nor anything about the framing.
   */
  static Map<String, String> passingInTrailer(Map<String, String> fields) {
    Map<String, String> passing = new LinkedHashMap<>(fields);
    passing
        .keySet()
        .removeIf(
            name -> {
              String lower = name.toLowerCase(Locale.ROOT);
              return isDropped(lower) || lower.equals("content-length") || HopByHop.is(lower, null);
            });
    return passing;
  }
}
