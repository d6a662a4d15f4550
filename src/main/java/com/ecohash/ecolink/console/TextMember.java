package com.ecohash.ecolink.console;

import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;

/** A member of a request that holds text, to be checked before it goes anywhere. */
public record TextMember(String name, Optional<String> value) {
  /**
   * @throws ApiException if it is missing or blank, too long, or holds control characters
   */
  public String required(int lengthMax) {
    return optional(lengthMax)
        .orElseThrow(() -> ApiException.invalidRequest(name, "The member " + name + " is needed."));
  }

  /**
   * @throws ApiException if it is there but blank, too long, or holds control characters
   */
  public Optional<String> optional(int lengthMax) {
    value.ifPresent(text -> check(text, lengthMax));
    return value;
  }

  private void check(String text, int lengthMax) {
    if (text.isBlank() || text.length() > lengthMax) {
      throw ApiException.invalidRequest(
          name, "The member " + name + " has 1 to " + lengthMax + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.invalidRequest(
          name, "The member " + name + " must not hold control characters.");
    }
  }
}
