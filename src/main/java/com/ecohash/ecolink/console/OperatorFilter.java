package com.ecohash.ecolink.console;

import com.ecohash.ecolink.access.Caller;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Lets only the operator through to what is {@link OperatorOnly}. */
@Provider
@OperatorOnly
@Dependent
@Priority(Priorities.AUTHORIZATION)
public final class OperatorFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (!(CallerContext.caller(request.getSecurityContext()) instanceof Caller.Operator)) {
      throw new ApiException(ErrorType.FORBIDDEN, "Only the operator may do this.");
    }
  }
}
