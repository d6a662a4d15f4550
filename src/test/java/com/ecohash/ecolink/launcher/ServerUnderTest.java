package com.ecohash.ecolink.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The launcher's own connector and errors around a handler of the test's, on a free port. */
final class ServerUnderTest implements AutoCloseable {
  private final Server server;

  ServerUnderTest(Handler handler) throws Exception {
    server = Connectors.serverWith(settings(Map.of(LauncherSettings.PORT, "0")));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(handler);
    server.start();
  }

  static LauncherSettings settings(Map<String, String> properties) {
    return LauncherSettings.from(
        new SettingSource(
            name -> Optional.ofNullable(properties.get(name)), name -> Optional.empty()));
  }

  Client connect() throws IOException {
    return new Client(
        new Socket("127.0.0.1", ((ServerConnector) server.getConnectors()[0]).getLocalPort()));
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  /** A client that says byte for byte what a test wants said. */
  record Client(Socket socket) implements AutoCloseable {
    Client {
      try {
        socket.setSoTimeout(10_000);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Up to and with the given text. */
    String readTo(String end) throws IOException {
      StringBuilder text = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
        if (text.toString().endsWith(end)) {
          break;
        }
      }
      return text.toString();
    }

    /** Until the server closes. */
    String readAll() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
