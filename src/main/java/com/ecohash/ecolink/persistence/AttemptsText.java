package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The attempts of an exchange in a column: a JSON array. Written by hand, for it is written often.
 */
final class AttemptsText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Row>> ROWS = new TypeReference<>() {};

  private record Row(long replica, String region, String reason, String result, int millis) {}

  private AttemptsText() {}

  static String write(List<AttemptRecord> attempts) {
    if (attempts.isEmpty()) {
      return "[]";
    }
    StringWriter text = new StringWriter(128);
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.writeStartArray();
      for (AttemptRecord attempt : attempts) {
        json.writeStartObject();
        json.writeNumberField("replica", attempt.replica().value());
        json.writeStringField("region", attempt.region().value());
        json.writeStringField("reason", attempt.reason());
        json.writeStringField("result", attempt.result());
        json.writeNumberField("millis", attempt.millis());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  static List<AttemptRecord> read(String text) {
    try {
      return JSON.readValue(text, ROWS).stream()
          .map(
              row ->
                  new AttemptRecord(
                      new ReplicaId(row.replica()),
                      new RegionId(row.region()),
                      row.reason(),
                      row.result(),
                      row.millis()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("stored attempts are no JSON", e);
    }
  }
}
