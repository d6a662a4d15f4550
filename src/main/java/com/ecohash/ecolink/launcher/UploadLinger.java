package com.ecohash.ecolink.launcher;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets the sender of a body see why it was refused. An answer that is complete while its request is
 * still arriving is followed by reading on for a while before the connection is closed: closing it
 * with bytes unread makes the kernel send a reset, which takes the answer away from a client that
 * has not read it yet (RFC 9112, section 9.6). After a small body the connection goes on, as the
 * answer says. Touches no exchange whose body was read.
 */
final class UploadLinger extends Handler.Wrapper {
  /** So much is here a moment after the head, however often a client writes for it. */
  private static final long SMALL_BYTES_MAX = 16 * 1024;

  private final Duration limit;

  UploadLinger(Handler next, Duration limit) {
    super(next);
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long bytes = request.getLength();
    boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (limit.isZero() || (bytes <= 0 && !chunked)) {
      return super.handle(request, response, callback);
    }
    boolean small = bytes <= SMALL_BYTES_MAX && !chunked;
    LingeringRequest lingering = new LingeringRequest(request, response, small, limit);
    return super.handle(lingering, response, lingering.before(callback));
  }
}
