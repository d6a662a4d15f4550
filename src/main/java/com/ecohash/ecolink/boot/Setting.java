package com.ecohash.ecolink.boot;

import java.util.Locale;
import java.util.Optional;

/**
 * Every key of the configuration, with its default and what it is for. The page {@code
 * configuration.md} lists the same, and a test holds the two against each other.
 */
enum Setting {
  DATA_DIR(
      "ecolink.data.dir", "data", "Folder of the journal, the spool and the embedded database."),
  DATABASE_URL(
      "ecolink.database.url",
      "",
      "JDBC URL of the database, `jdbc:postgresql://…`; empty for the embedded one."),
  DATABASE_USER("ecolink.database.user", "", "Its user."),
  DATABASE_PASSWORD("ecolink.database.password", "", "Its password."),
  DATABASE_POOL("ecolink.database.pool", "8", "Connections to the database."),
  OPERATOR_KEY(
      "ecolink.operator.key", "", "The operator's key, 32 characters or more; empty for none."),
  PUBLIC_URL(
      "ecolink.public-url",
      "",
      "Where people reach the console, such as `https://llm.example.com`; empty for the name that"
          + " their browsers ask for."),
  SESSION_IDLE("ecolink.session.idle-timeout", "12h", "A session ends after so long without use."),
  SESSION_AGE("ecolink.session.age-max", "168h", "A session ends after so long in any case."),
  SIGN_IN_PARALLEL(
      "ecolink.sign-in.parallel",
      "2",
      "Passwords that a node checks at once, 19 MiB each; a few wait, others get 503."),
  INVITATION_AGE("ecolink.invitation.age-max", "72h", "An invitation's link is good for so long."),
  OIDC_ISSUER(
      "ecolink.oidc.issuer",
      "",
      "OpenID Connect provider at which people may sign in, such as `https://login.example.com`;"
          + " empty for none."),
  OIDC_CLIENT_ID("ecolink.oidc.client-id", "", "What the provider calls this gateway."),
  OIDC_CLIENT_SECRET(
      "ecolink.oidc.client-secret", "", "Its secret there; empty for a client without one."),
  OIDC_NAME("ecolink.oidc.name", "Single sign-on", "What the sign-in button calls the provider."),
  OIDC_SCOPES("ecolink.oidc.scopes", "openid email", "What the provider is asked for."),
  OIDC_SIGN_UP(
      "ecolink.oidc.sign-up",
      "false",
      "Whether somebody whom nobody invited gets an account of their own; `true` or `false`."),
  UPSTREAM_ALLOWED(
      "ecolink.upstream.allowed",
      "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7",
      "Hosts and networks that endpoint URLs may name."),
  SECRETS_KEY(
      "ecolink.secrets.key",
      "",
      "Key that encrypts containers' credentials: 32 bytes in base64, the same on every node; empty"
          + " for the file `secrets.key` in the data directory, with the embedded database alone."),
  SECRETS_PREVIOUS_KEY(
      "ecolink.secrets.previous-key", "", "The key before it, while keys are changed; else empty."),
  LAUNCH_WAIT(
      "ecolink.instances.launch-wait",
      "2s",
      "How long a launch waits for the first health checks before it is answered; `0` for not."),
  START_MAX(
      "ecolink.instances.start-max",
      "15m",
      "An instance that no health check has found ready after it is `failed`, until one does."),
  STOP_MAX(
      "ecolink.instances.stop-max",
      "10m",
      "Exchanges in flight with an instance that is `stopping` are waited for no longer."),
  CHECK_ON_LAUNCH(
      "ecolink.check.on-launch",
      "true",
      "Whether a container is checked as soon as it is ready; `true` or `false`."),
  CHECK_CALL("ecolink.check.call-timeout", "20s", "Limit of one question of a container check."),
  CHECK_MAX("ecolink.check.timeout", "60s", "Limit of a whole container check."),
  CHECK_AT_ONCE(
      "ecolink.check.at-once", "4", "Instances that a node checks at the same time; above it 503."),
  UPSTREAM_LOOPS(
      "ecolink.upstream.loops",
      "",
      "Threads that carry the calls to containers; empty for half the processors."),
  UPSTREAM_IDLE_CONNECTIONS(
      "ecolink.upstream.idle-connections", "1024", "Idle connections kept for each endpoint."),
  UPSTREAM_KEEP_ALIVE("ecolink.upstream.keep-alive", "60s", "How long an idle connection is kept."),
  UPSTREAM_CONNECT_TIMEOUT(
      "ecolink.upstream.connect-timeout", "5s", "Limit of making a connection."),
  UPSTREAM_FIRST_BYTE_TIMEOUT(
      "ecolink.upstream.first-byte-timeout",
      "300s",
      "Limit of the silence before the head of an answer."),
  UPSTREAM_IDLE_TIMEOUT(
      "ecolink.upstream.idle-timeout", "120s", "Limit of the silence within an answer."),
  UPSTREAM_TOTAL_TIMEOUT(
      "ecolink.upstream.total-timeout", "3600s", "Limit of one call from its start to its end."),
  UPSTREAM_HEAD(
      "ecolink.upstream.head-max", "64KB", "Limit of an answer's status line and headers."),
  ADDRESS_KEEP("ecolink.upstream.address-keep", "30s", "How long a looked-up address is used."),
  JSON_BODY("ecolink.limits.json-body", "100MB", "Limit of a JSON request body."),
  CUSTOM_BODY(
      "ecolink.limits.custom-body", "0", "Limit of a request body on the custom path; 0 for none."),
  CUSTOM_CONNECTIONS(
      "ecolink.custom.connections",
      "4096",
      "Connections of the custom path to one endpoint; as many requests wait for one."),
  CUSTOM_THREADS(
      "ecolink.custom.threads", "16", "Threads that carry the calls of the custom path."),
  BODY_MEMORY(
      "ecolink.limits.body-memory", "1MB", "Request bodies above it go to the spool folder."),
  SPOOL(
      "ecolink.limits.spool",
      "10GB",
      "Limit of all request bodies in the spool folder together; above it 503."),
  JSON_DEPTH("ecolink.limits.json-depth", "512", "Limit of nesting in a JSON request body."),
  AUDIO_UPLOAD(
      "ecolink.limits.audio-upload", "25MB", "Limit of an upload of audio to be transcribed."),
  FORM_PARTS("ecolink.limits.form-parts", "64", "Limit of the parts of a form."),
  FORM_PART_HEADERS(
      "ecolink.limits.form-part-headers",
      "8KB",
      "Limit of the header of one part of a form, and of what stands before its first part or after"
          + " its last."),
  FORM_FIELD("ecolink.limits.form-field", "1MB", "Limit of a field of a form that is no file."),
  HEADER_MAX("ecolink.http.header-max", "64KB", "Limit of a request's header block; above it 431."),
  TRUSTED_PROXIES(
      "ecolink.http.trusted-proxies",
      "",
      "Networks of proxies whose `X-Forwarded-*` and `Forwarded` are believed; empty for none."),
  SSE_KEEP_ALIVE(
      "ecolink.http.sse-keep-alive",
      "10s",
      "After so much silence an event stream gets a comment; `0` for never."),
  SERVER_TIMING(
      "ecolink.http.server-timing",
      "true",
      "Whether answers say in `Server-Timing` what took how long; `true` or `false`."),
  TRACING_ENDPOINT(
      "ecolink.tracing.endpoint",
      "",
      "OTLP collector over HTTP, without `/v1/traces`; empty for `OTEL_EXPORTER_OTLP_ENDPOINT`,"
          + " and for no traces if that is empty too."),
  TRACING_SAMPLED(
      "ecolink.tracing.sampled",
      "100",
      "Percent of the traces that begin here which are sent; clients' own follow the client."),
  CORS_ORIGINS(
      "ecolink.cors.origins",
      "",
      "Origins whose pages may call the data plane, or `*` for all; empty for none."),
  CORS_MAX_AGE(
      "ecolink.cors.max-age", "10m", "How long a browser may remember that an origin may call."),
  RATE_LIMIT(
      "ecolink.limits.requests-per-minute",
      "200",
      "Requests a minute of a key that has no `rate_limit` of its own; above it 429."),
  RATE_KEYS(
      "ecolink.limits.rate-keys",
      "100000",
      "Keys whose requests a node counts at once; beyond it the longest unused start anew."),
  CONCURRENT_PER_INSTANCE(
      "ecolink.limits.concurrent-per-instance",
      "20000",
      "Exchanges that a node has under way with one instance; above it 503."),
  HEARTBEAT(
      "ecolink.cluster.heartbeat",
      "2s",
      "How often a node says that it is alive; the live ones share each key's limit."),
  EVENT(
      "ecolink.limits.event",
      "1MB",
      "A server-sent event above it is passed on without being looked at."),
  HELD_ANSWER(
      "ecolink.limits.held-answer",
      "64KB",
      "How much of a failed region's answer is kept in case all others fail too."),
  PROBE_INTERVAL("ecolink.probe.interval", "5s", "Time between two health checks of a replica."),
  PROBE_TIMEOUT("ecolink.probe.timeout", "2s", "Limit of one health check."),
  CATALOG_REFRESH(
      "ecolink.catalog.refresh",
      "500ms",
      "How often a node looks for changes that other nodes made."),
  JOURNAL_SEGMENT("ecolink.journal.segment", "16MB", "Size of one journal file."),
  JOURNAL_MAX(
      "ecolink.journal.max", "1GB", "Limit of the journal; when it is full, no exchange begins."),
  METERING_BATCH("ecolink.metering.batch", "2000", "Usage records stored in one transaction."),
  METERING_INTERVAL("ecolink.metering.interval", "1s", "Time between two looks at the journal."),
  VIDEO_POLL(
      "ecolink.video.poll-interval", "5s", "Time between two looks at a video job under way."),
  VIDEO_JOB_MAX(
      "ecolink.video.job-max", "1440m", "A video job that is not done after it is given up."),
  VIDEO_STATUS(
      "ecolink.limits.video-status",
      "1MB",
      "Above it a container's answer about a video job is sent on before it is whole, so that its id"
          + " stays the container's."),
  VIDEO_ANSWER(
      "ecolink.limits.video-answer",
      "1GB",
      "How much of a container's answer is read when a video job is polled; it may be the video."),
  VIDEO_UNSAVED(
      "ecolink.video.unsaved-max",
      "10000",
      "Video jobs that a node keeps while the database is away; with so many, no other begins."),
  GPU_INTERVAL(
      "ecolink.billing.gpu-interval",
      "60s",
      "Time between two settlements of GPU time; in whole seconds."),
  CREDIT_MAX(
      "ecolink.billing.credit-max",
      "10000000",
      "Largest amount, in USD, of one booking of the operator's."),
  PRICE_MAX(
      "ecolink.billing.price-max",
      "100000",
      "Highest price, in USD, of a million tokens, an image, a second or a GPU-hour."),
  CSV_ROWS("ecolink.limits.csv-rows", "1000000", "Limit of the rows of one CSV file."),
  MANAGEMENT_BODY("ecolink.limits.management-body", "1MB", "Limit of a management request body."),
  ;

  /** Read by the launcher before the application starts; listed so that they are not unknown. */
  static final java.util.List<String> OF_LAUNCHER =
      java.util.List.of(
          "ecolink.http.host",
          "ecolink.http.port",
          "ecolink.http.threads",
          "ecolink.http.idle-timeout",
          "ecolink.http.accept-queue",
          "ecolink.http.connections-max",
          "ecolink.http.linger",
          "ecolink.http2.streams-max",
          "ecolink.http2.events-per-second-max",
          "ecolink.drain.delay",
          "ecolink.drain.timeout");

  private final String key;
  private final String byDefault;
  private final String purpose;

  Setting(String key, String byDefault, String purpose) {
    this.key = key;
    this.byDefault = byDefault;
    this.purpose = purpose;
  }

  String key() {
    return key;
  }

  String byDefault() {
    return byDefault;
  }

  String purpose() {
    return purpose;
  }

  /** The environment variable of a key: {@code ECOLINK_HTTP_IDLE_TIMEOUT} (MicroProfile Config). */
  static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  static Optional<Setting> ofKey(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
