package com.ecohash.ecolink.boot;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the gateway with the application, or on first need, and ends it with it. */
@Singleton
public class GatewayStart {
  /** Where the launcher looks for the sentence that says why there was no start. */
  static final String REFUSAL = "ecolink.start-refusal";

  private static final Logger LOG = LoggerFactory.getLogger(GatewayStart.class);

  private @Nullable Gateway gateway;

  void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
    try {
      gateway();
    } catch (RuntimeException e) {
      if (context instanceof ServletContext servlets) {
        servlets.setAttribute(REFUSAL, sentence(e));
      }
      throw e;
    }
  }

  synchronized Gateway gateway() {
    if (gateway == null) {
      long begun = System.nanoTime();
      gateway = Gateway.start(Configuration.of(ConfigProvider.getConfig()));
      LOG.info("The gateway started in {} ms.", (System.nanoTime() - begun) / 1_000_000);
    }
    return gateway;
  }

  private static String sentence(RuntimeException e) {
    return e instanceof BadConfigurationException
        ? String.valueOf(e.getMessage())
        : "The gateway could not start: " + e.getMessage();
  }

  @PreDestroy
  synchronized void stop() {
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }
}
