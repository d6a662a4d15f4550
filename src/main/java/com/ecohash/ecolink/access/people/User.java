package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import java.time.Instant;
import java.util.Optional;

/** Somebody who belongs to an account and can sign in. Never holds a password or its hash. */
public record User(
    UserId id,
    AccountId account,
    String email,
    Role role,
    Instant createdAt,
    Optional<Instant> lastSignInAt) {}
