package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.openai.AnswerTap;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.Edit;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.RoutePlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be relayed.
 *
 * @param body whole; the relay closes it
 * @param edits what changes in the body on its way to the container
 * @param unaidedEdits the same without what the gateway adds, if it adds something that some
 *     containers refuse
 * @param beforeSending called once, before a container may see anything of the exchange
 * @param follower hears how it goes
 * @param whenUnsent what the client is told if no container answered, by the last failure; empty if
 *     there was no replica to attempt
 */
public record RelayRequest(
    Instance instance,
    RoutePlan plan,
    ForwardedRequest request,
    StoredBody body,
    List<Edit> edits,
    Optional<List<Edit>> unaidedEdits,
    AnswerTap tap,
    Runnable beforeSending,
    ExchangeFollower follower,
    Function<Optional<Failure>, ApiException> whenUnsent) {}
