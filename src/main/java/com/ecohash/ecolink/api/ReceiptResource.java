package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.Receipt;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The receipt of one exchange, from the moment in which it has ended. */
@Path("/usage")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class ReceiptResource {
  private final KeyCheck keys;
  private final Journal journal;
  private final UsageQueries stored;

  @Inject
  ReceiptResource(KeyCheck keys, Journal journal, UsageQueries stored) {
    this.keys = keys;
    this.journal = journal;
    this.stored = stored;
  }

  /** 404 as well for what is another account's: whether it exists is nobody else's business. */
  @GET
  @Path("{request_id}")
  public Receipt receipt(
      @PathParam("request_id") String requestId,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response) {
    ApiKey key = keys.require(request, response);
    return Optional.of(requestId)
        .filter(RequestId::isWellFormed)
        .map(RequestId::new)
        .flatMap(id -> find(key, id))
        .map(Receipt::of)
        .orElseThrow(
            () ->
                new ApiException(
                    ErrorType.NOT_FOUND,
                    "There is no receipt of this id. It is the x-ecolink-request-id of an answer, "
                        + "and there once the answer has ended."));
  }

  /** The journal first: a record passes from there into the store, never back. */
  private Optional<UsageRecord> find(ApiKey key, RequestId id) {
    return journal
        .undrained(id)
        .filter(record -> record.start().account().equals(key.account()))
        .or(() -> stored.find(key.account(), id));
  }
}
