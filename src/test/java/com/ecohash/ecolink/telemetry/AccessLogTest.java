package com.ecohash.ecolink.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Samples;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  @Test
  void tellsARefusalInOneLineOfJson() throws IOException {
    String line =
        AccessLog.line(
            new EndedExchange(
                new RequestId("req_00000000000000000000000001"),
                Instant.parse("2026-11-23T12:00:00Z"),
                "POST",
                "/v1/chat/\"completions\n",
                Optional.of(new AccountId(1)),
                Optional.of(new KeyId(2)),
                404,
                Optional.of("model_not_found"),
                Optional.empty(),
                1_500));

    assertThat(line).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("request_id").asText()).isEqualTo("req_00000000000000000000000001");
    assertThat(json.path("path").asText()).isEqualTo("/v1/chat/\"completions\n");
    assertThat(json.path("status").asInt()).isEqualTo(404);
    assertThat(json.path("error").asText()).isEqualTo("model_not_found");
    assertThat(json.path("duration_ms").asDouble()).isEqualTo(1.5);
  }

  @Test
  void tellsEachAttemptWithItsReasonAndResult() throws IOException {
    UsageRecord record = Samples.completed(1);
    String line =
        AccessLog.line(
            new EndedExchange(
                record.id(),
                record.start().startedAt(),
                "POST",
                "/v1/chat/completions",
                Optional.empty(),
                Optional.empty(),
                200,
                Optional.empty(),
                Optional.of(record),
                1_500));

    JsonNode attempts = new ObjectMapper().readTree(line).path("attempts");
    assertThat(attempts).hasSize(2);
    assertThat(attempts.path(0).toString())
        .isEqualTo(
            "{\"region\":\"us-east\",\"reason\":\"least busy\",\"result\":\"connect_refused\",\"ms\":3}");
    assertThat(attempts.path(1).path("reason").asText()).isEqualTo("failover");
  }
}
