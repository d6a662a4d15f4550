package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An account to be made, as it is asked for. */
public record AccountRequest(
    Optional<String> name, Optional<String> ownerEmail, Optional<String> ownerPassword) {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int PASSWORD_LENGTH_MIN = 8;
  private static final int PASSWORD_LENGTH_MAX = 200;

  NewAccount check(PasswordHasher hasher) {
    String checkedName = new TextMember("name", name).required(100);
    String email = new TextMember("owner_email", ownerEmail).required(254);
    if (!EMAIL.matcher(email).matches()) {
      throw ApiException.invalidRequest("owner_email", "owner_email is no e-mail address.");
    }
    String password = new TextMember("owner_password", ownerPassword).required(PASSWORD_LENGTH_MAX);
    if (password.length() < PASSWORD_LENGTH_MIN) {
      throw ApiException.invalidRequest(
          "owner_password", "A password has " + PASSWORD_LENGTH_MIN + " characters or more.");
    }
    return new NewAccount(checkedName, email, hasher.hash(password));
  }

  @Override
  public String toString() {
    return "AccountRequest[" + name + "]"; // never the password
  }
}
