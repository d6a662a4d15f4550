package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.people.PasswordRules;
import com.ecohash.ecolink.access.people.PasswordSignIn;
import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.console.TextMember;
import java.util.Optional;

/** What somebody sends to sign in. */
public record SignInRequest(Optional<String> email, Optional<String> password) {
  PasswordSignIn.Attempt check(String address, Optional<SecretToken> device) {
    return new PasswordSignIn.Attempt(
        new TextMember("email", email).required(254),
        new TextMember("password", password).required(PasswordRules.LENGTH_MAX),
        address,
        device);
  }

  @Override
  public String toString() {
    return "SignInRequest[…]"; // never the password
  }
}
