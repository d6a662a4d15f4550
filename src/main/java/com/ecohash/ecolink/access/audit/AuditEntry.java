package com.ecohash.ecolink.access.audit;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as it is kept.
 *
 * @param action its wire name; one that a later version knows stays readable
 */
public record AuditEntry(
    long id,
    Instant at,
    Optional<AccountId> account,
    String actor,
    String action,
    String subject,
    String detail) {}
