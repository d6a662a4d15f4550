package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.web.AllowedOrigins;
import com.ecohash.ecolink.web.CrossOriginFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Puts the cross-origin filter before the data plane if an origin is configured; else there is no
 * filter, and no request pays for one.
 */
@WebListener
public final class CrossOriginSetup implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      install(event, Configuration.of(ConfigProvider.getConfig()));
    } catch (BadConfigurationException e) {
      event.getServletContext().setAttribute(GatewayStart.REFUSAL, e.getMessage());
      throw e;
    }
  }

  private static void install(ServletContextEvent event, Configuration configuration) {
    AllowedOrigins allowed = configuration.parsed(Setting.CORS_ORIGINS, AllowedOrigins::parse);
    if (allowed.isNobody()) {
      return;
    }
    FilterRegistration.Dynamic filter =
        event
            .getServletContext()
            .addFilter(
                "cross-origin",
                new CrossOriginFilter(
                    allowed,
                    configuration.duration(Setting.CORS_MAX_AGE),
                    Setting.CORS_ORIGINS.key()));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST), false, "/v1/*", "/inference-instances/*");
  }
}
