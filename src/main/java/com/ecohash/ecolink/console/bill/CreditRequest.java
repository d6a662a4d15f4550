package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A booking of the operator's, as it is asked for.
 *
 * @param kind {@code top_up} if it is left out
 */
public record CreditRequest(
    Optional<Money> amount, Optional<String> description, Optional<String> kind) {
  private static final int KEY_LENGTH_MAX = 255;

  /**
   * @throws ApiException that says what is wrong and what to write
   */
  Booking check(AccountId account, @Nullable String idempotencyKey, BillingSettings settings) {
    LedgerKind checkedKind = checkedKind();
    return new Booking(
        account,
        checkedKind,
        amount(checkedKind, settings),
        new TextMember("description", description).optional(512).orElse(defaultText(checkedKind)),
        key(idempotencyKey));
  }

  private LedgerKind checkedKind() {
    return switch (kind.orElse("top_up")) {
      case "top_up" -> LedgerKind.TOP_UP;
      case "bonus" -> LedgerKind.BONUS;
      case "refund" -> LedgerKind.REFUND;
      case "adjustment" -> LedgerKind.ADJUSTMENT;
      default ->
          throw ApiException.invalidRequest(
              "kind", "The kind is one of top_up, bonus, refund, adjustment.");
    };
  }

  private static String defaultText(LedgerKind kind) {
    return switch (kind) {
      case TOP_UP -> "Top-up";
      case BONUS -> "Bonus";
      case REFUND -> "Refund";
      case ADJUSTMENT -> "Adjustment";
      case API_USAGE, GPU_USAGE -> throw new IllegalArgumentException("charged by nobody's wish");
    };
  }

  private Money amount(LedgerKind ofKind, BillingSettings settings) {
    Money asked =
        amount.orElseThrow(
            () ->
                ApiException.invalidRequest(
                    "amount", "The amount is a decimal string in USD, \"12.50\"."));
    if (asked.isZero() || (!asked.isPositive() && ofKind != LedgerKind.ADJUSTMENT)) {
      throw ApiException.invalidRequest(
          "amount",
          "The amount is a decimal string in USD above zero, \"12.50\"; only an adjustment may be"
              + " below.");
    }
    Money size = asked.isPositive() ? asked : asked.negated();
    if (size.compareTo(settings.creditMax()) > 0) {
      throw ApiException.invalidRequest(
          "amount",
          "At most "
              + settings.creditMax()
              + " USD are booked at once ("
              + settings.creditMaxKey()
              + ").");
    }
    return asked;
  }

  private static Optional<String> key(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (text.isEmpty()
        || text.length() > KEY_LENGTH_MAX
        || text.chars().anyMatch(c -> c < '!' || c > '~')) {
      throw ApiException.invalidRequest(
          "Idempotency-Key",
          "The header Idempotency-Key has 1 to "
              + KEY_LENGTH_MAX
              + " printable ASCII characters without spaces.");
    }
    return Optional.of(text);
  }
}
