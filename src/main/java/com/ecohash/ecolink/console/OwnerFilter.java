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

/** Keeps members from what is {@link OwnerOnly}. */
@Provider
@OwnerOnly
@Dependent
@Priority(Priorities.AUTHORIZATION)
public final class OwnerFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    refuseMembers(request.getSecurityContext());
  }

  static void refuseMembers(SecurityContext security) {
    if (CallerContext.caller(security) instanceof Caller.Person person && !person.isOwner()) {
      throw new ApiException(
          ErrorType.FORBIDDEN,
          "Only an owner of the account may do this, and you are a member; ask an owner.");
    }
  }
}
