package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;

/** Keeps members and keys from what is {@link OwnerInPerson}. */
@Provider
@OwnerInPerson
@Dependent
@Priority(Priorities.AUTHORIZATION)
public final class OwnerInPersonFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext security = request.getSecurityContext();
    if (CallerContext.caller(security) instanceof Caller.KeyHolder) {
      throw new ApiException(
          ErrorType.FORBIDDEN,
          "No key may change who belongs to the account; sign in as an owner.");
    }
    OwnerFilter.refuseMembers(security);
  }
}
