package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.Posting;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.OperatorOnly;
import com.ecohash.ecolink.console.PathIds;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Top-ups, bonuses, refunds and adjustments, for the operator. With an {@code Idempotency-Key} the
 * same request books once, whenever and however often it comes.
 */
@Path("admin/accounts/{id}/credits")
@OperatorOnly
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CreditResource {
  private final Ledger ledger;
  private final CurrentCatalog catalog;
  private final BillingSettings settings;

  @Inject
  public CreditResource(Ledger ledger, CurrentCatalog catalog, BillingSettings settings) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.settings = settings;
  }

  @POST
  @Audited(Action.CREDIT_POSTED)
  @APIResponse(
      responseCode = "201",
      description = "Booked.",
      content = @Content(schema = @Schema(implementation = TransactionView.class)))
  public Response book(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      CreditRequest request) {
    Posting posting = post(request.check(PathIds.account(id), idempotencyKey, settings));
    if (posting instanceof Posting.Booked booked) {
      catalog.refresh();
      return created(booked.entry()).build();
    }
    if (posting instanceof Posting.Repeated repeated) {
      return created(repeated.entry()).header(Audited.REPLAYED, "true").build();
    }
    if (posting instanceof Posting.KeyTaken) {
      throw new ApiException(
              ErrorType.CONFLICT,
              "Another booking was made under this Idempotency-Key. Use a new key for a new"
                  + " booking.")
          .withParam("Idempotency-Key");
    }
    throw PathIds.notFound("account");
  }

  private Posting post(Booking booking) {
    try {
      return ledger.post(booking);
    } catch (ArithmeticException e) {
      throw ApiException.invalidRequest(
          "amount", "The balance would leave what an account can hold, 9.2 billion USD.");
    }
  }

  private static Response.ResponseBuilder created(LedgerEntry entry) {
    return Response.status(Response.Status.CREATED).entity(TransactionView.of(entry));
  }
}
