package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.NewKey;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.console.TextMember;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key to be issued, as it is asked for. */
public record KeyRequest(
    Optional<String> name,
    Optional<List<String>> scopes,
    Optional<Instant> expiresAt,
    Optional<Integer> rateLimit,
    Optional<String> sourceTag) {
  private static final int RATE_LIMIT_MAX = 1_000_000;
  private static final int PREFIX_LENGTH = 8;

  NewKey check(AccountId account, String key, Instant now) {
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
      throw ApiException.invalidRequest("expires_at", "A key expires in the future.");
    }
    if (rateLimit.isPresent() && (rateLimit.get() < 1 || rateLimit.get() > RATE_LIMIT_MAX)) {
      throw ApiException.invalidRequest(
          "rate_limit", "A rate limit is 1 to " + RATE_LIMIT_MAX + " requests a minute.");
    }
    return new NewKey(
        account,
        new TextMember("name", name).required(100),
        KeyHash.of(key.getBytes(StandardCharsets.UTF_8)),
        key.substring(0, PREFIX_LENGTH),
        checkedScopes(),
        expiresAt,
        rateLimit,
        new TextMember("source_tag", sourceTag).optional(100));
  }

  private Set<Scope> checkedScopes() {
    Set<Scope> checked = EnumSet.noneOf(Scope.class);
    for (String scope : scopes.orElse(List.of(Scope.INFERENCE.wireName()))) {
      checked.add(
          Optional.ofNullable(scope)
              .flatMap(Scope::ofWireName)
              .filter(known -> known != Scope.OPERATOR)
              .orElseThrow(KeyRequest::wrongScopes));
    }
    if (checked.isEmpty()) {
      throw wrongScopes();
    }
    return checked;
  }

  private static ApiException wrongScopes() {
    return ApiException.invalidRequest("scopes", "The scopes are some of inference, manage.");
  }
}
