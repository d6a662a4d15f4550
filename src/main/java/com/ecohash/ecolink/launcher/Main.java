package com.ecohash.ecolink.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code java -jar ecolink.war} runs. Uses the JDK alone, because nothing else is on the class
 * path yet; its copy in the server's class loader is a different class. Whatever can be said in a
 * sentence ends the process with that sentence, never with a stack trace.
 */
public final class Main {
  /** The exit code of a start that a setting, an argument or the machine made impossible. */
  static final int REFUSED = 2;

  private static final String HELP =
      """
      Usage: java [-Decolink.KEY=VALUE ...] -jar ecolink.war [--help | --version | reconcile]

      Starts the gateway. Settings are system properties or environment variables
      (ecolink.http.port is also ECOLINK_HTTP_PORT), among them:

        ecolink.http.port        the port to listen on (8080)
        ecolink.http.host        the address to listen on (all)
        ecolink.data.dir         where the gateway keeps its files (the temporary directory)
        ecolink.drain.timeout    how long open exchanges may go on after SIGTERM (30s)

      With reconcile, the settings' database is compared with itself instead: usage records,
      GPU time, sums, ledger and balances. It changes nothing, may run beside gateways, prints
      what differs, and exits with 0 if nothing does and with 1 if something does.
      """;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Optional<Integer> exitCode = run(arguments, System.out, System.err);
    if (exitCode.isPresent()) {
      System.exit(exitCode.get());
    }
  }

  /** The code to exit with at once; empty while the server runs. */
  static Optional<Integer> run(String[] arguments, PrintStream out, PrintStream err)
      throws Exception {
    if (arguments.length == 1 && arguments[0].equals("reconcile")) {
      return Optional.of(reconcile(out, err));
    }
    if (arguments.length > 0) {
      return Optional.of(answer(arguments[0], out, err));
    }
    try {
      start(LauncherSettings.from(SettingSource.ofProcess()));
      return Optional.empty();
    } catch (BadSettingException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("EcoLink cannot start: " + e.getMessage());
    }
    return Optional.of(REFUSED);
  }

  private static int answer(String argument, PrintStream out, PrintStream err) {
    switch (argument) {
      case "--help", "-h" -> out.print(HELP);
      case "--version" -> out.println("EcoLink " + version());
      default -> {
        err.println("Unknown argument " + argument + "; --help lists what there is.");
        return REFUSED;
      }
    }
    return 0;
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  private static void start(LauncherSettings settings) throws Exception {
    UnpackedArchive unpacked = unpacked(settings);
    URLClassLoader server = unpacked.serverClassLoader();
    Thread.currentThread().setContextClassLoader(server);
    try {
      server
          .loadClass("com.ecohash.ecolink.launcher.JettyServer")
          .getMethod("start", Path.class)
          .invoke(null, unpacked.folder());
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  private static int reconcile(PrintStream out, PrintStream err) throws Exception {
    try {
      URLClassLoader application =
          unpacked(LauncherSettings.from(SettingSource.ofProcess())).applicationClassLoader();
      Thread.currentThread().setContextClassLoader(application);
      return (int)
          application
              .loadClass("com.ecohash.ecolink.boot.ReconcileCommand")
              .getMethod("run", PrintStream.class, PrintStream.class)
              .invoke(null, out, err);
    } catch (BadSettingException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("The archive cannot be unpacked: " + e.getMessage());
    }
    return REFUSED;
  }

  private static UnpackedArchive unpacked(LauncherSettings settings)
      throws IOException, URISyntaxException {
    Path parent = settings.dataDir().map(dir -> dir.resolve("unpacked")).orElseGet(Main::temporary);
    return UnpackedArchive.of(ownArchive(), parent);
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Path ownArchive() throws URISyntaxException {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
