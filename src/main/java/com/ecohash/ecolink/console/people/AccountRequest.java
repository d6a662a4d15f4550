package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.access.people.PasswordRules;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.openai.ApiException;
import java.util.Optional;

/** An account to be made, as it is asked for. */
public record AccountRequest(
    Optional<String> name, Optional<String> ownerEmail, Optional<String> ownerPassword) {
  NewAccount check(PasswordHasher hasher) {
    String checkedName = new TextMember("name", name).required(100);
    String email = new EmailMember("owner_email", ownerEmail).required();
    String password =
        new TextMember("owner_password", ownerPassword).required(PasswordRules.LENGTH_MAX);
    PasswordRules.fault(password, email)
        .ifPresent(
            fault -> {
              throw ApiException.invalidRequest("owner_password", fault);
            });
    return new NewAccount(checkedName, email, hasher.hash(password));
  }

  @Override
  public String toString() {
    return "AccountRequest[" + name + "]"; // never the password
  }
}
