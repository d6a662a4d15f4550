package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.RunningGateway;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar ecolink.war} as an operator sees it. */
class StartAndStopIT {

  @TempDir Path dataDir;

  @Test
  void startsTwiceFromTheSameDirectoryAndEndsOnSigterm() {
    for (int start = 0; start < 2; start++) {
      GatewayProcess process = GatewayProcess.start(dataDir, Map.of());
      assertThat(process.gateway().get("/health/live").statusCode()).isEqualTo(200);

      process.close();

      assertThat(process.handle().isAlive()).isFalse();
      assertThat(process.output()).contains("Draining").contains("Stopped.");
    }
  }

  @Test
  void isNotReadyFromTheMomentItIsToldToStop() {
    try (GatewayProcess process =
        GatewayProcess.start(dataDir, Map.of("ecolink.drain.delay", "2s"))) {
      RunningGateway gateway = process.gateway();

      process.handle().destroy();

      await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> gateway.get("/health/ready").statusCode() == 503);
      HttpResponse<String> live = gateway.get("/health/live");
      assertThat(live.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysWhatIsWrongWithASettingAndStops() throws Exception {
    Ended ended = run(List.of("-Decolink.http.port=eighty"));

    assertThat(ended.exitCode()).isEqualTo(Main.REFUSED);
    assertThat(ended.output())
        .isEqualTo(
            "ecolink.http.port must be a whole number from 0 to 65535, but is \"eighty\".\n");
  }

  /** Whether the setting is read for the start or for a part that works later. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecolink.limits.json-depth=0",
        "ecolink.session.idle-timeout=soon",
        "ecolink.sign-in.parallel=none",
        "ecolink.oidc.issuer=nowhere"
      })
  void saysOfEverySettingWhatIsWrongAndStops(String setting) throws Exception {
    Ended ended = run(List.of("-Decolink.http.port=0", "-D" + setting));

    assertThat(ended.exitCode()).isEqualTo(Main.REFUSED);
    assertThat(ended.output().lines().reduce("", (earlier, later) -> later))
        .startsWith("EcoLink cannot start: ecolink.")
        .contains(setting.substring(0, setting.indexOf("=")));
  }

  @Test
  void saysThatThePortIsTakenAndStops() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Ended ended = run(List.of("-Decolink.http.port=" + taken.getLocalPort()));

      assertThat(ended.exitCode()).isEqualTo(Main.REFUSED);
      assertThat(ended.output())
          .contains("Port " + taken.getLocalPort() + " cannot be opened: ")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void tellsItsVersion() throws Exception {
    Ended ended = run(List.of(), "--version");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).matches("EcoLink \\d+\\.\\d+\\S*\n");
  }

  private record Ended(int exitCode, String output) {}

  private Ended run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Decolink.data.dir=" + dataDir);
    command.addAll(options);
    command.addAll(List.of("-jar", System.getProperty("ecolink.war")));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
