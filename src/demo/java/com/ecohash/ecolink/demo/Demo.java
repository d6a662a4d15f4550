package com.ecohash.ecolink.demo;

import com.ecohash.ecolink.access.ApiKeyText;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code mvn -Pdemo}: starts the built archive with two sample containers behind it, sets up an
 * account, an instance and a key through the management API as anybody would, and says what to
 * type. Ends when the gateway ends or on Ctrl-C, and takes everything with it.
 */
public final class Demo {
  private static final Duration START_MAX = Duration.ofMinutes(2);

  private final PrintStream out;

  private Demo(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    new Demo(System.out).run(Path.of(arguments[0]));
  }

  private void run(Path archive) throws IOException, InterruptedException {
    String port = System.getenv().getOrDefault("ECOLINK_HTTP_PORT", "8080");
    URI address = URI.create("http://127.0.0.1:" + port);
    String operatorKey = ApiKeyText.generate(new SecureRandom());
    try (SampleContainer west = SampleContainer.start("us-west");
        SampleContainer central = SampleContainer.start("eu-central")) {
      Path data = Files.createTempDirectory("ecolink-demo-");
      Process gateway = gateway(archive, data, operatorKey);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(gateway, data)));
      ManagementClient management = new ManagementClient(address, operatorKey);
      awaitReady(gateway, management);
      explain(address, new DemoAccount(management).create(west.uri(), central.uri()));
      gateway.waitFor();
    }
  }

  private Process gateway(Path archive, Path data, String operatorKey) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                archive.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(data.toFile(), "gateway.log"));
    builder.environment().put("ECOLINK_DATA_DIR", data.toString());
    builder.environment().put("ECOLINK_OPERATOR_KEY", operatorKey);
    builder.environment().put("ECOLINK_UPSTREAM_ALLOWED", "127.0.0.0/8");
    out.println("Starting the gateway; its log is " + data.resolve("gateway.log"));
    return builder.start();
  }

  private static void awaitReady(Process gateway, ManagementClient management)
      throws InterruptedException {
    long due = System.nanoTime() + START_MAX.toNanos();
    while (!management.isReady()) {
      if (gateway.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "the gateway ended with status " + gateway.exitValue() + "; see its log above");
      }
      if (System.nanoTime() > due) {
        throw new IllegalStateException("the gateway is not ready after " + START_MAX);
      }
    }
  }

  private void explain(URI address, DemoAccount.Created created) {
    out.println();
    out.println(
        "EcoLink answers at " + address + ", with a sample container in each of two regions.");
    out.println();
    out.println("The console:    " + address + "/");
    out.println("  e-mail:       " + created.email());
    out.println("  password:     " + created.password());
    out.println();
    out.println("Your API key:   " + created.key());
    out.println("Your model:     " + created.model());
    out.println();
    out.println("Stream an answer:");
    out.println();
    out.println("  curl -N " + address + "/v1/chat/completions \\");
    out.println("    -H \"Authorization: Bearer " + created.key() + "\" -D /dev/stderr \\");
    out.println(
        "    -d '{\"model\": \""
            + created.model()
            + "\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'");
    out.println();
    out.println("Then see what it cost, with the x-ecolink-request-id of the answer:");
    out.println();
    out.println(
        "  curl " + address + "/v1/usage/req_… -H \"Authorization: Bearer " + created.key() + "\"");
    out.println();
    out.println("What this key may call:");
    out.println();
    out.println(
        "  curl " + address + "/v1/models -H \"Authorization: Bearer " + created.key() + "\"");
    out.println();
    out.println("Ctrl-C ends all of it.");
  }

  private static void end(Process gateway, Path data) {
    gateway.destroy();
    try {
      if (!gateway.waitFor(10, TimeUnit.SECONDS)) {
        gateway.destroyForcibly();
      }
    } catch (InterruptedException e) {
      gateway.destroyForcibly();
    }
    Folders.delete(data);
  }
}
