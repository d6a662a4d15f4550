package com.ecohash.ecolink.relay;

import jakarta.servlet.AsyncContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for a client that leaves while nothing is written to it. The servlet API does not tell;
 * a server that can puts a function into the request's attribute {@value #ATTRIBUTE}. Elsewhere
 * this does nothing, and the next write finds out.
 */
public final class ClientWatch {
  static final String ATTRIBUTE = "ecolink.client-watch";

  private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

  private final @Nullable Function<Runnable, AutoCloseable> server;
  private final Runnable onGone;
  private @Nullable AutoCloseable watching;
  private boolean closed;

  private ClientWatch(@Nullable Function<Runnable, AutoCloseable> server, Runnable onGone) {
    this.server = server;
    this.onGone = onGone;
  }

  @SuppressWarnings("unchecked") // the attribute's name is the contract between launcher and relay
  public static ClientWatch of(AsyncContext async, Runnable onGone) {
    Object attribute = async.getRequest().getAttribute(ATTRIBUTE);
    return new ClientWatch(
        attribute instanceof Function ? (Function<Runnable, AutoCloseable>) attribute : null,
        onGone);
  }

  /** Begins to watch, if that is possible and has not begun. Not free: for exchanges that wait. */
  public void begin() {
    if (server != null && watching == null && !closed) {
      watching = server.apply(onGone);
    }
  }

  /** Whether the server tells of a client that leaves. */
  boolean isPossible() {
    return server != null;
  }

  public void close() {
    closed = true;
    AutoCloseable open = watching;
    watching = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.warn("a client could not be let out of sight", e);
      }
    }
  }
}
