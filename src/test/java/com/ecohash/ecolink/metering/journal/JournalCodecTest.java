package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
  @Property(tries = 500)
  void anEndComesBackAsItWas(@ForAll("records") UsageRecord record) {
    assertThat(JournalCodec.decode(body(JournalCodec.end(record))))
        .isEqualTo(new JournalEntry.End(record));
  }

  @Property(tries = 500)
  void aBeginComesBackAsItWas(@ForAll("starts") ExchangeStart start) {
    assertThat(JournalCodec.decode(body(JournalCodec.begin(start))))
        .isEqualTo(new JournalEntry.Begin(start));
  }

  @Property(tries = 300)
  void anyOtherBytesAreRefusedInWords(@ForAll byte[] bytes) {
    try {
      JournalCodec.decode(bytes);
    } catch (JournalException e) {
      assertThat(e).hasMessageContaining("another version");
    }
  }

  @Test
  void aFrameOfThisFormatHasTheseBytes() {
    // When this fails, old journals are not readable any more: count Segment.FORMAT up.
    Frame frame = JournalCodec.end(Samples.completed(5));
    assertThat(HexFormat.of().formatHex(body(frame)))
        .isEqualTo(
            "021e7265715f303030303030303030303030303030303030303030303030303580a7b9ae0dd5"
                + "b0a03d03078e01000c6d792d6c6c616d613a313432010200c0d1e1230280c6868f01009003e8"
                + "07c801ac020000000088890a0775732d7765737402090775732d656173740a6c656173742062"
                + "7573790f636f6e6e6563745f7265667573656406080775732d77657374086661696c6f766572"
                + "026f6bd80c80d30ec08f63");
  }

  @Test
  void everyEnumValueHasItsPlace() {
    assertThat(JournalCodec.CATEGORIES).containsExactlyInAnyOrder(Category.values());
    assertThat(JournalCodec.ENDINGS).containsExactlyInAnyOrder(Ending.values());
    assertThat(JournalCodec.SOURCES).containsExactlyInAnyOrder(UnitsSource.values());
    assertThat(JournalCodec.PRICED_UNITS).containsExactlyInAnyOrder(PricedUnit.values());
  }

  @Test
  void cutsWhatStrangersCanMakeLongSoThatTheReserveSuffices() {
    Map<PricedUnit, Money> prices = new EnumMap<>(PricedUnit.class);
    for (PricedUnit unit : PricedUnit.values()) {
      prices.put(unit, new Money(Long.MIN_VALUE));
    }
    ExchangeStart start =
        new ExchangeStart(
            new RequestId("req_" + "\uFFFF".repeat(26)),
            Instant.MAX,
            new AccountId(Long.MAX_VALUE),
            Optional.of(new KeyId(Long.MAX_VALUE)),
            new InstanceId(Long.MAX_VALUE),
            Optional.of(Category.VIDEO),
            "\uFFFF".repeat(100_000),
            true,
            new Rates(prices));
    RegionId region = new RegionId("a".repeat(63));
    AttemptRecord attempt =
        new AttemptRecord(
            new ReplicaId(Long.MAX_VALUE),
            region,
            "\uFFFF".repeat(5_000),
            "\uFFFF".repeat(5_000),
            Integer.MIN_VALUE);
    long max = Long.MAX_VALUE;
    UsageRecord record =
        new UsageRecord(
            start,
            Ending.COMPLETED,
            Integer.MIN_VALUE,
            new Units(max, max, max, max, max, max, UnitsSource.ESTIMATED),
            new Money(Long.MIN_VALUE),
            Optional.of(region),
            List.of(
                attempt, attempt, attempt, attempt, attempt, attempt, attempt, attempt, attempt),
            Long.MIN_VALUE,
            Long.MIN_VALUE);

    Frame begin = JournalCodec.begin(start);
    Frame end = JournalCodec.end(record);

    assertThat(end.sizeBytes() - begin.sizeBytes())
        .isLessThanOrEqualTo(JournalCodec.END_EXTRA_BYTES_MAX);
    assertThat(end.sizeBytes()).isLessThanOrEqualTo(Frame.SIZE_BYTES_MAX);
    JournalEntry.End back = (JournalEntry.End) JournalCodec.decode(body(end));
    assertThat(back.record().start().model()).hasSize(JournalCodec.MODEL_CHARS_MAX);
    assertThat(back.record().attempts()).hasSize(JournalCodec.ATTEMPTS_MAX);
    assertThat(back.record().cost()).isEqualTo(record.cost());
  }

  @Test
  void aCutNeverHalvesACharacter() {
    String model = "x".repeat(JournalCodec.MODEL_CHARS_MAX - 1) + "🦙";
    JournalEntry entry = JournalCodec.decode(body(JournalCodec.begin(Samples.start(1, model))));
    assertThat(((JournalEntry.Begin) entry).start().model())
        .isEqualTo("x".repeat(JournalCodec.MODEL_CHARS_MAX - 1));
  }

  @Provide
  Arbitrary<ExchangeStart> starts() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000_000).map(Samples::id),
            Combinators.combine(
                    Arbitraries.longs().between(-1L << 40, 1L << 40),
                    Arbitraries.integers().between(0, 999_999_999))
                .as((second, nano) -> Instant.ofEpochSecond(second, nano)),
            positive().map(AccountId::new),
            positive().map(KeyId::new).optional(),
            positive().map(InstanceId::new),
            Arbitraries.of(Category.class).optional(),
            Arbitraries.strings().all().ofMaxLength(JournalCodec.MODEL_CHARS_MAX),
            Combinators.combine(
                    Combinators.combine(Arbitraries.of(true, false), sizes()).as(Map::entry),
                    rates())
                .as(Map::entry))
        .as(
            (id, at, account, key, instance, category, model, rest) ->
                new ExchangeStart(
                    id,
                    at,
                    account,
                    key,
                    instance,
                    category,
                    model,
                    rest.getKey().getKey(),
                    rest.getKey().getValue(),
                    rest.getValue()));
  }

  private static Arbitrary<Optional<ImageSize>> sizes() {
    Arbitrary<Integer> pixels = Arbitraries.integers().between(1, 99_999);
    return Combinators.combine(pixels, pixels).as(ImageSize::new).optional();
  }

  @Provide
  Arbitrary<UsageRecord> records() {
    Arbitrary<Units> units =
        Combinators.combine(
                Arbitraries.longs().between(0, Long.MAX_VALUE).array(long[].class).ofSize(6),
                Arbitraries.of(UnitsSource.class))
            .as(
                (n, source) ->
                    new Units(
                        Math.max(n[0], n[1]),
                        Math.min(n[0], n[1]),
                        n[2],
                        n[3],
                        n[4],
                        n[5],
                        source));
    return Combinators.combine(
            starts(),
            Arbitraries.of(Ending.class),
            Arbitraries.integers(),
            units,
            Arbitraries.longs().map(Money::new),
            regions().optional(),
            attempts().list().ofMaxSize(JournalCodec.ATTEMPTS_MAX),
            Arbitraries.longs().tuple2())
        .as(
            (start, ending, status, used, cost, region, attempts, micros) ->
                new UsageRecord(
                    start,
                    ending,
                    status,
                    used,
                    ending.isBilled() ? cost : Money.ZERO,
                    region,
                    attempts,
                    micros.get1(),
                    micros.get2()));
  }

  private static Arbitrary<AttemptRecord> attempts() {
    Arbitrary<String> words =
        Arbitraries.strings().all().ofMaxLength(JournalCodec.ATTEMPT_TEXT_CHARS_MAX);
    return Combinators.combine(
            positive().map(ReplicaId::new), regions(), words, words, Arbitraries.integers())
        .as(AttemptRecord::new);
  }

  private static Arbitrary<Rates> rates() {
    return Arbitraries.maps(Arbitraries.of(PricedUnit.class), Arbitraries.longs().map(Money::new))
        .map(Rates::new);
  }

  private static Arbitrary<RegionId> regions() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(63)
        .map(RegionId::new);
  }

  private static Arbitrary<Long> positive() {
    return Arbitraries.longs().between(1, Long.MAX_VALUE);
  }

  private static byte[] body(Frame frame) {
    return Arrays.copyOfRange(
        frame.bytes(), Frame.HEADER_BYTES, Frame.HEADER_BYTES + frame.length());
  }

  @Test
  void aTypeOfALaterVersionIsRefusedInWords() {
    byte[] body = body(JournalCodec.begin(Samples.start(1)));
    body[0] = 77;
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> JournalCodec.decode(body))
        .withMessageContaining("another version");
  }
}
