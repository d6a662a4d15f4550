package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.console.Open;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tells the sign-in page what there is to sign in with. */
@Path("session/methods")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public final class SignInMethodsResource {
  /**
   * The methods on the wire.
   *
   * @param oidc null where no provider is configured
   */
  @Schema(name = "SignInMethods")
  public record View(boolean password, Optional<Provider> oidc) {}

  /**
   * Somebody else's sign-in.
   *
   * @param name for the button
   * @param url where the button leads
   */
  public record Provider(String name, String url) {}

  private final View view;

  @Inject
  public SignInMethodsResource(OidcParts oidc) {
    this.view =
        new View(true, oidc.enabled().map(parts -> new Provider(parts.name(), OidcResource.PATH)));
  }

  @GET
  @Open
  public View methods() {
    return view;
  }
}
