package com.ecohash.ecolink.boot;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
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
  private boolean ended;

  void start(@Observes @Initialized(ApplicationScoped.class) Object context, BeanManager beans) {
    try {
      gateway();
      makeAllParts(beans);
    } catch (RuntimeException e) {
      if (context instanceof ServletContext servlets) {
        servlets.setAttribute(REFUSAL, sentence(e));
      }
      stop();
      throw e;
    }
  }

  /** Each reads its settings when it is made, and a bad value is to stop the start. */
  private static void makeAllParts(BeanManager beans) {
    for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      if (bean.getBeanClass().getPackage() == GatewayStart.class.getPackage()
          && bean.getScope() == Singleton.class) {
        beans.getReference(bean, Object.class, beans.createCreationalContext(bean));
      }
    }
  }

  /**
   * @throws IllegalStateException after the end: whoever asks late must not start another one,
   *     which nobody would end
   */
  synchronized Gateway gateway() {
    if (ended) {
      throw new IllegalStateException("The gateway has ended.");
    }
    if (gateway == null) {
      long begun = System.nanoTime();
      gateway = Gateway.start(Configuration.of(ConfigProvider.getConfig()));
      LOG.info("The gateway started in {} ms.", (System.nanoTime() - begun) / 1_000_000);
    }
    return gateway;
  }

  private static String sentence(RuntimeException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadConfigurationException) {
        return String.valueOf(cause.getMessage());
      }
    }
    return "The gateway could not start: " + e.getMessage();
  }

  synchronized boolean isRunning() {
    return gateway != null;
  }

  @PreDestroy
  synchronized void stop() {
    ended = true;
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }
}
