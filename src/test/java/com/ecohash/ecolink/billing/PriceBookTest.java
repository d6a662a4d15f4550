package com.ecohash.ecolink.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceBookTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final PriceSubject CHAT = new PriceSubject.OfCategory(Category.CHAT);
  private static final PriceSubject MINE = new PriceSubject.OfInstance(new InstanceId(142));

  private static final PriceSubject IMAGES = new PriceSubject.OfCategory(Category.IMAGE);
  private static final Instance INSTANCE = instance(Category.CHAT);
  private static final Instance PAINTER = instance(Category.IMAGE);

  private static Instance instance(Category category) {
    return new Instance(
        new InstanceId(142),
        new AccountId(1),
        "my-model",
        Optional.of(category),
        Mode.OPENAI,
        Optional.empty(),
        Protocol.HTTP_1_1,
        InstanceState.RUNNING,
        false,
        Optional.of("/health"),
        Optional.empty(),
        List.of(),
        NOW);
  }

  private static Price price(PriceSubject subject, PricedUnit unit, String amount, int minutes) {
    return new Price(subject, unit, Money.parse(amount), NOW.plus(Duration.ofMinutes(minutes)));
  }

  private static Map<PricedUnit, Money> ratesAt(Instant at, Price... prices) {
    return new PriceBook(List.of(prices)).ratesFor(INSTANCE, at).orElseThrow().prices();
  }

  /** Something for the unit that the test is not about. */
  private static final Price OUTPUT = price(CHAT, PricedUnit.OUTPUT_TOKENS, "0", -600);

  @Test
  void hasNoneWhereNothingIsPriced() {
    assertThat(PriceBook.EMPTY.ratesFor(INSTANCE, NOW)).isEmpty();
    assertThat(
            new PriceBook(List.of(price(CHAT, PricedUnit.INPUT_TOKENS, "1", 5)))
                .ratesFor(INSTANCE, NOW))
        .isEmpty();
  }

  @Test
  void takesTheVersionInForceAtTheTime() {
    Price old = price(CHAT, PricedUnit.INPUT_TOKENS, "1", -60);
    Price present = price(CHAT, PricedUnit.INPUT_TOKENS, "2", -30);
    Price future = price(CHAT, PricedUnit.INPUT_TOKENS, "3", 30);
    Instant before = NOW.minus(Duration.ofMinutes(45));

    assertThat(ratesAt(before, future, old, present, OUTPUT))
        .containsEntry(PricedUnit.INPUT_TOKENS, Money.parse("1"));
    assertThat(ratesAt(NOW, future, old, present, OUTPUT))
        .containsEntry(PricedUnit.INPUT_TOKENS, Money.parse("2"));
  }

  @Test
  void hasNoneWhereAUnitThatIsChargedHasNoPrice() {
    Price input = price(CHAT, PricedUnit.INPUT_TOKENS, "1", -60);
    assertThat(new PriceBook(List.of(input)).ratesFor(INSTANCE, NOW)).isEmpty();
    assertThat(new PriceBook(List.of(OUTPUT)).ratesFor(INSTANCE, NOW)).isEmpty();
    assertThat(new PriceBook(List.of(input, OUTPUT)).ratesFor(INSTANCE, NOW)).isPresent();
  }

  @Test
  void takesNoPriceOfWhatTheCategoryIsNotChargedBy() {
    Price seconds = price(MINE, PricedUnit.SECONDS, "5", -60);
    assertThat(new PriceBook(List.of(seconds)).ratesFor(INSTANCE, NOW)).isEmpty();
    assertThat(ratesAt(NOW, seconds, OUTPUT, price(CHAT, PricedUnit.INPUT_TOKENS, "1", -60)))
        .containsOnlyKeys(PricedUnit.INPUT_TOKENS, PricedUnit.OUTPUT_TOKENS);
  }

  @Test
  void prefersTheInstancesOwnPriceUnitByUnit() {
    assertThat(
            ratesAt(
                NOW,
                price(MINE, PricedUnit.OUTPUT_TOKENS, "9", -60),
                price(CHAT, PricedUnit.INPUT_TOKENS, "1", -1),
                price(CHAT, PricedUnit.OUTPUT_TOKENS, "4", -1)))
        .containsOnly(
            Map.entry(PricedUnit.INPUT_TOKENS, Money.parse("1")),
            Map.entry(PricedUnit.OUTPUT_TOKENS, Money.parse("9")));
  }

  @Test
  void prefersThePriceOfTheSizeThatIsAskedForWithinOneSubject() {
    Price plain = price(IMAGES, PricedUnit.IMAGES, "4", -60);
    Price small = sized(IMAGES, 512, "1", -90);
    PriceBook book = new PriceBook(List.of(plain, small, sized(IMAGES, 512, "9", 60)));

    assertThat(imageAt(book, Optional.of(new ImageSize(512, 512)))).contains(small.amount());
    assertThat(imageAt(book, Optional.of(new ImageSize(512, 513)))).contains(plain.amount());
    assertThat(imageAt(book, Optional.empty())).contains(plain.amount());
    assertThat(book.imagesBySize(PAINTER, NOW))
        .containsExactly(Map.entry(new ImageSize(512, 512), small.amount()));
  }

  @Test
  void prefersTheNarrowerSubjectToTheSize() {
    Price mine = price(MINE, PricedUnit.IMAGES, "4", -60);
    PriceBook book = new PriceBook(List.of(mine, sized(IMAGES, 512, "1", -60)));

    assertThat(imageAt(book, Optional.of(new ImageSize(512, 512)))).contains(mine.amount());
  }

  @Test
  void hasNoneForASizeWhereOnlyOthersArePriced() {
    PriceBook book = new PriceBook(List.of(sized(MINE, 512, "1", -60)));

    assertThat(book.ratesFor(PAINTER, NOW, Optional.of(new ImageSize(1024, 1024)))).isEmpty();
    assertThat(book.ratesFor(PAINTER, NOW)).isEmpty();
  }

  private static Price sized(PriceSubject subject, int pixels, String amount, int minutes) {
    Price plain = price(subject, PricedUnit.IMAGES, amount, minutes);
    return new Price(
        subject,
        plain.unit(),
        Optional.of(new ImageSize(pixels, pixels)),
        plain.amount(),
        plain.effectiveFrom());
  }

  private static Optional<Money> imageAt(PriceBook book, Optional<ImageSize> size) {
    return book.ratesFor(PAINTER, NOW, size).map(rates -> rates.prices().get(PricedUnit.IMAGES));
  }
}
