package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * An exchange that has ended, for those who listen: also one that was refused and left no usage
 * record.
 *
 * @param path of the request, without its query
 * @param status of the answer; 0 if the client left before one
 * @param errorCode of the gateway's own refusal
 * @param record what is kept of it, if it reached a container
 */
public record EndedExchange(
    RequestId id,
    Instant startedAt,
    String method,
    String path,
    Optional<AccountId> account,
    Optional<KeyId> key,
    int status,
    Optional<String> errorCode,
    Optional<UsageRecord> record,
    long durationMicros) {}
