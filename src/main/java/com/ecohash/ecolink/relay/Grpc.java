package com.ecohash.ecolink.relay;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself has to say in gRPC over HTTP/2 (the protocol's page "gRPC over HTTP2"):
 * how a call ended. Never reads a message.
 */
public final class Grpc {
  public static final String CONTENT_TYPE = "application/grpc";

  private static final int INVALID_ARGUMENT = 3;
  private static final int DEADLINE_EXCEEDED = 4;
  private static final int NOT_FOUND = 5;
  private static final int PERMISSION_DENIED = 7;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNIMPLEMENTED = 12;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  private Grpc() {}

  public static boolean isSpokenBy(HttpServletRequest request) {
    return isGrpc(request.getContentType());
  }

  /** {@code application/grpc}, alone or with {@code +proto} and the like; not gRPC-Web. */
  public static boolean isGrpc(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith(CONTENT_TYPE)
        && (type.length() == CONTENT_TYPE.length()
            || "+; ".indexOf(type.charAt(CONTENT_TYPE.length())) >= 0);
  }

  /**
   * The fields that end a call, as trailers, or as headers where there is nothing else.
   *
   * @param httpStatus what would be said in HTTP
   */
  public static Map<String, String> ending(int httpStatus, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grpc-status", Integer.toString(status(httpStatus)));
    fields.put("grpc-message", percentEncoded(message));
    return fields;
  }

  private static int status(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> NOT_FOUND;
      case 402, 413, 429, 431 -> RESOURCE_EXHAUSTED;
      case 405, 501 -> UNIMPLEMENTED;
      case 502, 503 -> UNAVAILABLE;
      case 504 -> DEADLINE_EXCEEDED;
      default -> httpStatus < 500 ? INVALID_ARGUMENT : INTERNAL;
    };
  }

  private static String percentEncoded(String message) {
    StringBuilder encoded = new StringBuilder(message.length() + 16);
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }
}
