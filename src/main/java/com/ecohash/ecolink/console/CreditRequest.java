package com.ecohash.ecolink.console;

import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;

/** A top-up, as it is asked for. */
public record CreditRequest(Optional<Money> amount, Optional<String> description) {
  Money checkedAmount() {
    return amount
        .filter(Money::isPositive)
        .orElseThrow(
            () ->
                ApiException.invalidRequest(
                    "amount", "The amount is a decimal string in USD above zero, \"12.50\"."));
  }

  String checkedDescription() {
    return new TextMember("description", description).optional(512).orElse("Top-up");
  }
}
