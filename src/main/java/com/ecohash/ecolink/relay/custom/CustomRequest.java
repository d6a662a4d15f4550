package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.ExchangeFollower;
import com.ecohash.ecolink.relay.ForwardedRequest;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.RoutePlan;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be relayed.
 *
 * @param bodyBytesMax of the request; {@link Long#MAX_VALUE} for no limit
 * @param tooLarge what the client is told if its body is longer
 * @param beforeSending called once, before a container may see anything of the exchange
 * @param follower hears how it goes
 * @param whenUnsent what the client is told if no container answered, by the last failure; empty if
 *     there was no replica to attempt
 */
public record CustomRequest(
    Instance instance,
    RoutePlan plan,
    ForwardedRequest request,
    long bodyBytesMax,
    ApiException tooLarge,
    Runnable beforeSending,
    ExchangeFollower follower,
    Function<Optional<Failure>, ApiException> whenUnsent) {}
