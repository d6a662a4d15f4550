package com.ecohash.ecolink.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set about the server itself. Settings of the gateway inside it belong to
 * the application and are read there.
 *
 * @param host the address to listen on; absent: all of them
 * @param dataDir where the archive is unpacked; absent: the temporary directory
 */
record LauncherSettings(
    Optional<String> host, int port, Optional<Path> dataDir, Http http, Http2 http2, Drain drain) {

  static final String HOST = "ecolink.http.host";
  static final String PORT = "ecolink.http.port";
  static final String DATA_DIR = "ecolink.data.dir";
  static final String THREADS = "ecolink.http.threads";
  static final String IDLE_TIMEOUT = "ecolink.http.idle-timeout";
  static final String HEADER_MAX = "ecolink.http.header-max";
  static final String ACCEPT_QUEUE = "ecolink.http.accept-queue";
  static final String CONNECTIONS_MAX = "ecolink.http.connections-max";
  static final String LINGER = "ecolink.http.linger";
  static final String H2_STREAMS_MAX = "ecolink.http2.streams-max";
  static final String H2_EVENTS_MAX = "ecolink.http2.events-per-second-max";
  static final String DRAIN_DELAY = "ecolink.drain.delay";
  static final String DRAIN_TIMEOUT = "ecolink.drain.timeout";

  /** Every key that the launcher reads; the application must not call them unknown. */
  static final List<String> KEYS =
      List.of(
          HOST,
          PORT,
          DATA_DIR,
          THREADS,
          IDLE_TIMEOUT,
          HEADER_MAX,
          ACCEPT_QUEUE,
          CONNECTIONS_MAX,
          LINGER,
          H2_STREAMS_MAX,
          H2_EVENTS_MAX,
          DRAIN_DELAY,
          DRAIN_TIMEOUT);

  /**
   * Limits of a connection.
   *
   * @param idleTimeout how long a connection may say nothing; longer than any stream is silent,
   *     since the application has its own, narrower limits
   * @param headerBytesMax the whole block of a request's header lines; above it the answer is 431
   * @param linger how long a refused upload is read on, so that its sender sees the answer
   */
  record Http(
      int threads,
      Duration idleTimeout,
      int headerBytesMax,
      int acceptQueue,
      int connectionsMax,
      Duration linger) {}

  /**
   * Limits of an HTTP/2 connection.
   *
   * @param eventsPerSecondMax resets, pings, settings and the like that one connection may send in
   *     a second before it is closed as an attack
   */
  record Http2(int streamsMax, int eventsPerSecondMax) {}

  /**
   * The end.
   *
   * @param delay between turning not ready and closing the listening socket
   * @param timeout how long exchanges in flight may go on after that
   */
  record Drain(Duration delay, Duration timeout) {}

  static LauncherSettings from(SettingSource source) {
    return new LauncherSettings(
        source.text(HOST),
        source.number(PORT, 8080, 0, 65_535),
        source.text(DATA_DIR).map(Path::of),
        new Http(
            source.number(THREADS, 200, 8, 10_000),
            source.duration(IDLE_TIMEOUT, "600s"),
            source.sizeBytes(HEADER_MAX, "64KB", 1024, 1 << 20),
            source.number(ACCEPT_QUEUE, 4096, 1, 65_535),
            source.number(CONNECTIONS_MAX, 20_000, 1, 1_000_000),
            source.duration(LINGER, "30s")),
        new Http2(
            source.number(H2_STREAMS_MAX, 1024, 1, 100_000),
            source.number(H2_EVENTS_MAX, 1000, 1, 1_000_000)),
        new Drain(source.duration(DRAIN_DELAY, "0s"), source.duration(DRAIN_TIMEOUT, "30s")));
  }
}
