package com.ecohash.ecolink.launcher;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: one connector, one web application, and the end of both. Loaded from the unpacked
 * archive by {@link Main}; never used on WildFly.
 *
 * <p>On SIGTERM it first sets the servlet context's attribute {@value #DRAINING}, by which the
 * application tells its balancer that it is not ready; after the drain's delay the listening socket
 * closes and open exchanges may end within the drain's timeout; only then is the application
 * stopped.
 */
public final class JettyServer {
  /** A servlet context attribute: {@code Boolean.TRUE} from the first moment of a shutdown. */
  static final String DRAINING = "ecolink.draining";

  /**
   * A servlet context attribute in which the application leaves the sentence that says why it
   * cannot start, before it throws.
   */
  static final String REFUSAL = "ecolink.start-refusal";

  private final LauncherSettings settings;
  private final Server server;
  private final WebAppContext application;

  private JettyServer(LauncherSettings settings, Path folder) throws IOException {
    this.settings = settings;
    this.server = Connectors.serverWith(settings);
    this.application = Application.in(folder);
    server.setErrorHandler(new JsonErrors());
    Handler watched = new ClientWatch(application);
    Handler lingering = new UploadLinger(watched, settings.http().linger());
    server.setHandler(new GracefulHandler(new InlineDataPlane(lingering)));
  }

  /**
   * Returns when the application answers.
   *
   * @throws IOException with one sentence when that cannot be
   */
  public static void start(Path folder) throws Exception {
    useLoggingOf(folder);
    LauncherSettings settings = LauncherSettings.from(SettingSource.ofProcess());
    new JettyServer(settings, folder).start();
  }

  /** A file that the process names itself comes first. */
  private static void useLoggingOf(Path folder) {
    String key = "logback.configurationFile";
    if (System.getProperty(key) == null) {
      System.setProperty(key, folder.resolve("WEB-INF/classes/logback.xml").toString());
    }
  }

  private void start() throws Exception {
    Logger log = LoggerFactory.getLogger(JettyServer.class);
    try {
      Connectors.openSocketOf(server, settings);
      server.start();
    } catch (Exception e) {
      Optional<String> refusal = refusal();
      if (refusal.isEmpty() && !(e instanceof IOException)) {
        log.error("The application did not start.", e);
      }
      server.stop();
      throw new IOException(refusal.orElse(String.valueOf(e.getMessage())), e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::drainAndStop, "drain"));
    log.info("EcoLink answers at {}", server.getURI());
  }

  private Optional<String> refusal() {
    return Optional.ofNullable(application.getServletContext().getAttribute(REFUSAL))
        .map(Object::toString);
  }

  private void drainAndStop() {
    Logger log = LoggerFactory.getLogger(JettyServer.class);
    Duration timeout = settings.drain().timeout();
    log.info("Draining: open exchanges have {} s to end.", timeout.toSeconds());
    application.getServletContext().setAttribute(DRAINING, true);
    try {
      Thread.sleep(settings.drain().delay().toMillis());
      server.setStopTimeout(timeout.toMillis());
      server.stop();
      log.info("Stopped.");
    } catch (Exception e) {
      log.warn("Stopped with exchanges still open: {}", String.valueOf(e.getMessage()));
    } finally {
      ((LoggerContext) LoggerFactory.getILoggerFactory()).stop(); // Writes out what is queued.
    }
  }
}
