package com.ecohash.ecolink.gateway;

import com.ecohash.ecolink.container.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that ask and ask, streams and objects in turn, and remember what they got in full. */
final class Load implements AutoCloseable {
  private final Tenant tenant;
  private final String model;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<String> answeredInFull = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private Load(Tenant tenant, String model) {
    this.tenant = tenant;
    this.model = model;
  }

  static Load start(Tenant tenant, String model, int clients) {
    Load load = new Load(tenant, model);
    for (int i = 0; i < clients; i++) {
      Thread client = new Thread(load::ask, "load-" + i);
      client.setDaemon(true);
      load.clients.add(client);
      client.start();
    }
    return load;
  }

  /** The request ids of the exchanges whose answers came whole. */
  Queue<String> answeredInFull() {
    return answeredInFull;
  }

  private void ask() {
    for (int i = 0; !stopped; i++) {
      try {
        askOnce(i % 2 == 0);
      } catch (UncheckedIOException | IllegalStateException e) {
        Thread.yield(); // the gateway is going, or gone: that is what is looked at
      }
    }
  }

  private void askOnce(boolean streamed) {
    if (!streamed) {
      remember(tenant.ask(model));
      return;
    }
    HttpResponse<InputStream> answer = tenant.stream(model);
    try (InputStream body = answer.body()) {
      String events = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (events.endsWith("data: [DONE]\n\n")) {
        remember(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remember(HttpResponse<?> answer) {
    if (answer.statusCode() == 200) {
      answeredInFull.add(answer.headers().firstValue("x-ecolink-request-id").orElseThrow());
    }
  }

  /** Waits until every client has its last answer, or none. */
  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      try {
        client.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
