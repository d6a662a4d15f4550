package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.billing.Reconciled;
import com.ecohash.ecolink.persistence.DatabaseSettings;
import com.ecohash.ecolink.persistence.Reconciliation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * {@code java -jar ecolink.war reconcile}: a process of its own, configured as a gateway is. The
 * embedded database admits one process; while a gateway has it, the gateway is asked instead.
 */
public final class ReconcileCommand {
  private static final int SOUND = 0;
  private static final int DIFFERS = 1;
  private static final int REFUSED = 2;

  /** H2's codes for a database that another process has, and for one that is not there. */
  private static final int H2_IN_USE = 90_020;

  private static final int H2_MISSING = 90_146;

  private final Configuration configuration;
  private final PrintStream out;

  private ReconcileCommand(Configuration configuration, PrintStream out) {
    this.configuration = configuration;
    this.out = out;
  }

  /** Prints what differs; 0 if nothing does, 1 if something does, 2 if that could not be seen. */
  public static int run(PrintStream out, PrintStream err) {
    try {
      Configuration configuration = Configuration.of(ConfigProvider.getConfig());
      return new ReconcileCommand(configuration, out).run();
    } catch (BadConfigurationException | IllegalStateException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("The gateway that has the database does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return REFUSED;
  }

  private int run() throws IOException, InterruptedException {
    DatabaseSettings database = ConfiguredDatabase.of(configuration);
    try {
      Reconciled result = Reconciliation.of(database).reconcile(out::println);
      out.println(result.summary());
      return result.isSound() ? SOUND : DIFFERS;
    } catch (IllegalStateException e) {
      switch (h2Code(e).orElse(0)) {
        case H2_IN_USE -> {
          return askGateway();
        }
        case H2_MISSING ->
            throw new IllegalStateException(
                "There is no database in "
                    + configuration.path(Setting.DATA_DIR)
                    + ". Give the gateway's settings, ecolink.data.dir or ecolink.database.url.",
                e);
        default -> throw e;
      }
    }
  }

  private static Optional<Integer> h2Code(IllegalStateException e) {
    return e.getCause() instanceof SQLException cause
        ? Optional.of(cause.getErrorCode())
        : Optional.empty();
  }

  private int askGateway() throws IOException, InterruptedException {
    String port = configuration.foreign("ecolink.http.port").orElse("8080");
    String key =
        configuration
            .text(Setting.OPERATOR_KEY)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "A gateway has the embedded database. Set ecolink.operator.key, so that it"
                            + " can be asked, or stop it."));
    URI address = URI.create("http://127.0.0.1:" + port + "/api/admin/reconciliation");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address).header("Authorization", "Bearer " + key).build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "The gateway at port " + port + " refused: " + answer.statusCode() + " " + answer.body());
    }
    JsonNode report = new ObjectMapper().readTree(answer.body());
    report.path("differences").forEach(difference -> out.println(difference.asText()));
    out.println(report.path("summary").asText());
    return report.path("sound").asBoolean() ? SOUND : DIFFERS;
  }
}
