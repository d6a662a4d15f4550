package com.ecohash.ecolink.launcher;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Runs the exchanges of the data plane on the thread that read them, and everything else on a
 * thread of the pool. Jetty takes a web application for one that blocks, and so wakes another
 * thread for nearly every request, which costs more than many of them do; but an exchange never
 * waits on a thread. Whatever may wait, such as a page from the disk or a call that asks the
 * database, must not pass inline: the selector's other connections would wait with it.
 */
final class InlineDataPlane extends Handler.Wrapper {
  private static final String EXCHANGES = "/v1/";

  InlineDataPlane(Handler next) {
    super(next);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isExchange(request)) {
      return super.handle(request, response, callback);
    }
    request
        .getComponents()
        .getExecutor()
        .execute(() -> handleElsewhere(request, response, callback));
    return true;
  }

  private static boolean isExchange(Request request) {
    String path = request.getHttpURI().getPath();
    return HttpMethod.POST.is(request.getMethod()) && path != null && path.startsWith(EXCHANGES);
  }

  private void handleElsewhere(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Throwable failure) {
      Response.writeError(request, response, callback, failure);
    }
  }
}
