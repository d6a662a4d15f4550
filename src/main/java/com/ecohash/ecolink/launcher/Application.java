package com.ecohash.ecolink.launcher;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.DecoratingListener;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee10.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/** The web application as Jetty is told to run it, at the root of the server. */
final class Application {
  /** The only jars with something for the container to find; scanning all of them takes seconds. */
  private static final String JARS_TO_SCAN =
      ".*/(resteasy-servlet-initializer|weld-servlet-core)-[^/]*\\.jar$";

  private Application() {}

  /** Adds what WildFly brings by itself and Jetty lacks: JAX-RS, CDI, JPA, MicroProfile. */
  static WebAppContext in(Path folder) {
    // Without servlet sessions, which nobody uses: people's sessions are rows of the database.
    WebAppContext application =
        new WebAppContext(null, new ConstraintSecurityHandler(), null, null);
    application.setContextPath("/");
    application.setWar(folder.toString());
    application.setExtraClasspath(folder.resolve("WEB-INF/lib-provided") + "/*");
    application.setThrowUnavailableOnStartupException(true);
    application.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");
    application.setErrorHandler(new ErrorPages());
    application.setAttribute(MetaInfConfiguration.WEBINF_JAR_PATTERN, JARS_TO_SCAN);
    // Logback would stop logging when the application stops, which is not yet the end.
    application.setInitParameter("logbackDisableServletContainerInitializer", "true");
    application.getServletHandler().setDecodeAmbiguousURIs(true);
    // Jetty's CDI module says these two lines to let Weld inject into servlets and listeners; it
    // has no release for this line of Jetty.
    application.setAttribute("org.eclipse.jetty.cdi", "CdiDecoratingListener");
    application.addEventListener(
        new DecoratingListener(application, "org.eclipse.jetty.cdi.decorator"));
    return application;
  }

  /** Jetty's own serves no page to PUT, DELETE and the like; an API's clients read theirs too. */
  private static final class ErrorPages extends ErrorPageErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
      return true;
    }
  }
}
