package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.Account;
import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.PasswordHasher;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.console.Audited;
import com.ecohash.ecolink.console.AuditedAnswer;
import com.ecohash.ecolink.console.OperatorOnly;
import com.ecohash.ecolink.console.Page;
import com.ecohash.ecolink.console.Queries;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Accounts, for the operator. */
@Path("admin/accounts")
@OperatorOnly
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource {
  /** An account on the wire. */
  @Schema(name = "Account")
  public record View(long id, String name, Instant createdAt) implements AuditedAnswer {

    @Override
    public Optional<String> auditId() {
      return Optional.of(Long.toString(id));
    }

    @Override
    public String auditDetail() {
      return name;
    }

    static View of(Account account) {
      return new View(account.id().value(), account.name(), account.createdAt());
    }
  }

  private final Accounts accounts;
  private final PasswordHasher hasher;
  private final CurrentCatalog catalog;

  @Inject
  public AccountResource(Accounts accounts, PasswordHasher hasher, CurrentCatalog catalog) {
    this.accounts = accounts;
    this.hasher = hasher;
    this.catalog = catalog;
  }

  @POST
  @Audited(Action.ACCOUNT_CREATED)
  @APIResponse(
      responseCode = "201",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = View.class)))
  public Response create(AccountRequest request) {
    Account account =
        accounts
            .create(request.check(hasher))
            .orElseThrow(
                () ->
                    new ApiException(
                            ErrorType.CONFLICT, "Somebody has this e-mail address already.")
                        .withParam("owner_email"));
    catalog.refresh();
    return Response.status(Response.Status.CREATED).entity(View.of(account)).build();
  }

  @GET
  public Page<View> list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limitText) {
    return Page.of(
        Queries.listLimit(limitText),
        many -> accounts.list(Queries.entryPosition(cursor).map(AccountId::new), many),
        View::of,
        last -> last.id().toString());
  }
}
