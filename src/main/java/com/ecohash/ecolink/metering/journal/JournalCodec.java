package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal's records as bytes. Texts that a client or a container can make long are cut: a model
 * after 512 characters, an attempt's words after 100; of the attempts the last eight stay. All else
 * comes back as it was. A change of this format needs a new {@link Segment#FORMAT}.
 */
final class JournalCodec {
  static final int MODEL_CHARS_MAX = 512;
  static final int ATTEMPTS_MAX = 8;
  static final int ATTEMPT_TEXT_CHARS_MAX = 100;

  /** By how much the end of an exchange can be larger than its begin. */
  static final int END_EXTRA_BYTES_MAX = 5_900;

  // What a begin says in one byte. Format 1 knows the first of them alone.
  private static final int STREAMED = 1;
  private static final int SIZED = 2;

  private static final int ID_CHARS = 30;
  private static final int REGION_CHARS_MAX = 63;
  private static final int BEGIN_BYTES_GUESS = 256;
  private static final int ATTEMPT_BYTES_GUESS = 96;

  // A value is written as its place in these lists: they only ever grow at their ends.
  static final List<Category> CATEGORIES =
      List.of(
          Category.CHAT,
          Category.EMBEDDING,
          Category.IMAGE,
          Category.AUDIO_SPEECH,
          Category.AUDIO_TRANSCRIPTION,
          Category.VIDEO);
  static final List<Ending> ENDINGS =
      List.of(
          Ending.COMPLETED,
          Ending.CLIENT_GONE,
          Ending.CONTAINER_ERROR,
          Ending.CONTAINER_FAILED,
          Ending.TIMEOUT,
          Ending.UNREACHABLE,
          Ending.INTERRUPTED);
  static final List<UnitsSource> SOURCES =
      List.of(UnitsSource.REPORTED, UnitsSource.MEASURED, UnitsSource.ESTIMATED);
  static final List<PricedUnit> PRICED_UNITS =
      List.of(
          PricedUnit.INPUT_TOKENS,
          PricedUnit.CACHED_INPUT_TOKENS,
          PricedUnit.OUTPUT_TOKENS,
          PricedUnit.IMAGES,
          PricedUnit.SECONDS,
          PricedUnit.GPU_HOURS);

  private JournalCodec() {}

  static Frame begin(ExchangeStart start) {
    FrameWriter out = new FrameWriter(Frame.BEGIN, BEGIN_BYTES_GUESS + start.model().length());
    start(out, start);
    return out.frame();
  }

  static Frame end(UsageRecord record) {
    int attempts = Math.min(record.attempts().size(), ATTEMPTS_MAX);
    ExchangeStart start = record.start();
    FrameWriter out =
        new FrameWriter(
            Frame.END,
            BEGIN_BYTES_GUESS + start.model().length() + (1 + attempts) * ATTEMPT_BYTES_GUESS);
    start(out, start);
    out.byteValue(ENDINGS.indexOf(record.ending()));
    out.signed(record.status());
    units(out, record.units());
    out.signed(record.cost().nanoDollars());
    out.text(record.region().map(RegionId::value).orElse(""), REGION_CHARS_MAX);
    out.number(attempts);
    for (int i = record.attempts().size() - attempts; i < record.attempts().size(); i++) {
      attempt(out, record.attempts().get(i));
    }
    out.signed(record.firstByteMicros());
    out.signed(record.durationMicros());
    return out.frame();
  }

  /** What the body of the end of this exchange starts with, and no other body. */
  static byte[] endPrefix(RequestId id) {
    FrameWriter out = new FrameWriter(Frame.END, BEGIN_BYTES_GUESS);
    out.text(id.value(), ID_CHARS);
    Frame frame = out.frame();
    return Arrays.copyOfRange(
        frame.bytes(), Frame.HEADER_BYTES, Frame.HEADER_BYTES + frame.length());
  }

  /** The id comes first, so that a record can be looked for without reading it whole. */
  private static void start(FrameWriter out, ExchangeStart start) {
    out.text(start.id().value(), ID_CHARS);
    out.signed(start.startedAt().getEpochSecond());
    out.number(start.startedAt().getNano());
    out.number(start.account().value());
    out.number(start.key().isPresent() ? start.key().get().value() : 0);
    out.number(start.instance().value());
    out.byteValue(start.category().isPresent() ? CATEGORIES.indexOf(start.category().get()) : -1);
    out.text(start.model(), MODEL_CHARS_MAX);
    out.byteValue((start.streamed() ? STREAMED : 0) | (start.imageSize().isPresent() ? SIZED : 0));
    if (start.imageSize().isPresent()) {
      out.number(start.imageSize().get().width());
      out.number(start.imageSize().get().height());
    }
    Map<PricedUnit, Money> prices = start.rates().prices();
    out.number(prices.size());
    for (int i = 0; i < PRICED_UNITS.size(); i++) {
      Money price = prices.get(PRICED_UNITS.get(i));
      if (price != null) {
        out.byteValue(i);
        out.signed(price.nanoDollars());
      }
    }
  }

  private static void units(FrameWriter out, Units units) {
    out.number(units.inputTokens());
    out.number(units.cachedInputTokens());
    out.number(units.outputTokens());
    out.number(units.reasoningTokens());
    out.number(units.images());
    out.number(units.milliseconds());
    out.byteValue(SOURCES.indexOf(units.source()));
  }

  private static void attempt(FrameWriter out, AttemptRecord attempt) {
    out.number(attempt.replica().value());
    out.text(attempt.region().value(), REGION_CHARS_MAX);
    out.text(attempt.reason(), ATTEMPT_TEXT_CHARS_MAX);
    out.text(attempt.result(), ATTEMPT_TEXT_CHARS_MAX);
    out.signed(attempt.millis());
  }

  /**
   * @param body of a frame: its type and payload
   * @throws JournalException if it is of another version
   */
  static JournalEntry decode(byte[] body) {
    PayloadReader in = new PayloadReader(body);
    try {
      JournalEntry entry =
          switch (in.byteValue()) {
            case Frame.BEGIN -> new JournalEntry.Begin(start(in));
            case Frame.END -> new JournalEntry.End(end(in));
            default -> throw PayloadReader.unreadable();
          };
      if (!in.isAtEnd()) {
        throw PayloadReader.unreadable();
      }
      return entry;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw (JournalException) PayloadReader.unreadable().initCause(e);
    }
  }

  private static UsageRecord end(PayloadReader in) {
    return new UsageRecord(
        start(in),
        ENDINGS.get(in.byteValue()),
        (int) in.signed(),
        units(in),
        new Money(in.signed()),
        Optional.of(in.text()).filter(region -> !region.isEmpty()).map(RegionId::new),
        attempts(in),
        in.signed(),
        in.signed());
  }

  private static ExchangeStart start(PayloadReader in) {
    RequestId id = new RequestId(in.text());
    Instant startedAt = Instant.ofEpochSecond(in.signed(), in.number());
    AccountId account = new AccountId(in.number());
    long key = in.number();
    InstanceId instance = new InstanceId(in.number());
    int category = in.byteValue();
    String model = in.text();
    int flags = in.byteValue();
    return new ExchangeStart(
        id,
        startedAt,
        account,
        key == 0 ? Optional.empty() : Optional.of(new KeyId(key)),
        instance,
        category < 0 ? Optional.empty() : Optional.of(CATEGORIES.get(category)),
        model,
        (flags & STREAMED) != 0,
        (flags & SIZED) != 0
            ? Optional.of(new ImageSize((int) in.number(), (int) in.number()))
            : Optional.empty(),
        rates(in));
  }

  private static Rates rates(PayloadReader in) {
    int count = in.count();
    Map<PricedUnit, Money> prices = new EnumMap<>(PricedUnit.class);
    for (int i = 0; i < count; i++) {
      prices.put(PRICED_UNITS.get(in.byteValue()), new Money(in.signed()));
    }
    return prices.isEmpty() ? Rates.FREE : new Rates(prices);
  }

  private static Units units(PayloadReader in) {
    return new Units(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        SOURCES.get(in.byteValue()));
  }

  private static List<AttemptRecord> attempts(PayloadReader in) {
    int count = in.count();
    List<AttemptRecord> attempts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      attempts.add(
          new AttemptRecord(
              new ReplicaId(in.number()),
              new RegionId(in.text()),
              in.text(),
              in.text(),
              (int) in.signed()));
    }
    return attempts;
  }
}
