package com.ecohash.ecolink.console;

import com.ecohash.ecolink.web.JsonBodies;
import com.ecohash.ecolink.web.JsonLimits;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;

/** Request records read from JSON, the way the server reads them. */
public final class TestingRequests {
  private TestingRequests() {}

  @SuppressWarnings("unchecked")
  public static <T extends Record> T read(Class<T> type, String json) {
    try {
      return type.cast(
          new JsonBodies(new JsonLimits(1 << 20, "the.key"))
              .readFrom(
                  (Class<Object>) (Class<?>) type,
                  type,
                  new Annotation[0],
                  MediaType.APPLICATION_JSON_TYPE,
                  new MultivaluedHashMap<>(),
                  new ByteArrayInputStream(
                      json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
