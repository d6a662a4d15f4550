package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.metering.UsageRecord;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each exchange, on the logger {@value #LOGGER}: who called what, where it
 * went, how it ended. Never a prompt, an answer or a key. Lines are written several at a time, away
 * from the threads that carry exchanges; if they cannot be written fast enough, some are left out
 * and counted.
 */
public final class AccessLog implements ExchangeListener {
  static final String LOGGER = "ecolink.access";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final Logger OWN_LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int WAITING_MAX = 65_536;
  private static final int LINES_AT_ONCE = 500;

  private final Queue<EndedExchange> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final LongAdder leftOut = new LongAdder();

  @Override
  public void ended(EndedExchange exchange) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    if (waitingCount.incrementAndGet() > WAITING_MAX) {
      waitingCount.decrementAndGet();
      leftOut.increment();
    } else {
      waiting.add(exchange);
    }
  }

  /** Writes what waits; to be called several times a second, by one thread at a time. */
  public void flush() {
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (EndedExchange next = waiting.poll(); next != null; next = waiting.poll()) {
      waitingCount.decrementAndGet();
      lines.append(count == 0 ? "" : System.lineSeparator()).append(line(next));
      if (++count == LINES_AT_ONCE) {
        LOG.info(lines.toString());
        lines.setLength(0);
        count = 0;
      }
    }
    if (count > 0) {
      LOG.info(lines.toString());
    }
    long missing = leftOut.sumThenReset();
    if (missing > 0) {
      OWN_LOG.warn(
          "{} lines of the access log were left out: it is not written fast enough", missing);
    }
  }

  static String line(EndedExchange exchange) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", exchange.startedAt().toString());
      json.writeStringField("request_id", exchange.id().value());
      json.writeStringField("method", exchange.method());
      json.writeStringField("path", exchange.path());
      json.writeNumberField("status", exchange.status());
      number(json, "account", exchange.account().map(AccountId::value));
      number(json, "key", exchange.key().map(KeyId::value));
      if (exchange.errorCode().isPresent()) {
        json.writeStringField("error", exchange.errorCode().get());
      }
      if (exchange.record().isPresent()) {
        record(json, exchange.record().get());
      }
      json.writeNumberField("duration_ms", exchange.durationMicros() / 1000.0);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private static void record(JsonGenerator json, UsageRecord record) throws IOException {
    json.writeStringField("model", record.start().model());
    json.writeNumberField("instance", record.start().instance().value());
    json.writeBooleanField("streamed", record.start().streamed());
    if (record.region().isPresent()) {
      json.writeStringField("region", record.region().get().value());
    }
    json.writeStringField("ending", record.ending().wireName());
    attempts(json, record.attempts());
    if (record.firstByteMicros() >= 0) {
      json.writeNumberField("first_byte_ms", record.firstByteMicros() / 1000.0);
    }
    json.writeNumberField("input_tokens", record.units().inputTokens());
    json.writeNumberField("output_tokens", record.units().outputTokens());
    json.writeStringField("cost", record.cost().toString());
  }

  private static void attempts(JsonGenerator json, List<AttemptRecord> attempts)
      throws IOException {
    json.writeArrayFieldStart("attempts");
    for (AttemptRecord attempt : attempts) {
      json.writeStartObject();
      json.writeStringField("region", attempt.region().value());
      json.writeStringField("reason", attempt.reason());
      json.writeStringField("result", attempt.result());
      json.writeNumberField("ms", attempt.millis());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, Optional<Long> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.get());
    }
  }
}
