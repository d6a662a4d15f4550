package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.people.Emails;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A member of a request that holds an e-mail address. */
record EmailMember(String name, Optional<String> value) {
  private static final Pattern FORM = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int LENGTH_MAX = 254;

  /**
   * The address as the product compares it.
   *
   * @throws ApiException if it is missing or no e-mail address
   */
  String required() {
    String email = Emails.normalized(new TextMember(name, value).required(LENGTH_MAX));
    if (!FORM.matcher(email).matches()) {
      throw ApiException.invalidRequest(name, name + " is no e-mail address.");
    }
    return email;
  }
}
