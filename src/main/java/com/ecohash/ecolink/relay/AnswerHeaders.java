package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.AnswerHead;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;

/** Which header fields of a container's answer reach the client: all but these. */
final class AnswerHeaders {
  /**
   * Of one connection only (RFC 9110, section 7.6.1); the gateway's own to say ({@code date},
   * {@code server}, {@code x-request-id}); set for another site than the client talks to ({@code
   * set-cookie}).
   */
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "transfer-encoding",
          "trailer",
          "te",
          "upgrade",
          "date",
          "server",
          "set-cookie",
          "x-request-id");

  private AnswerHeaders() {}

  /**
   * @param withLength false if the body may come out shorter than the container announced
   */
  static void copy(AnswerHead head, HttpServletResponse response, boolean withLength) {
    response.setStatus(head.status());
    String connection = head.first("connection");
    for (int i = 0; i < head.fieldCount(); i++) {
      String name = head.name(i);
      String lower = name.toLowerCase(Locale.ROOT);
      if (DROPPED.contains(lower)
          || lower.startsWith("access-control-") // CORS is the gateway's
          || lower.startsWith("x-ecolink-")
          || HopByHop.isNamed(lower, connection)) {
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
}
