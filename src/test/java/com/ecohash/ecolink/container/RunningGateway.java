package com.ecohash.ecolink.container;

import com.ecohash.ecolink.testing.ApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A gateway that runs, as tests see it: its address and the operator's key. The same for a process
 * of its own and for one that Arquillian deployed, whatever the server.
 *
 * @param base without a slash at its end
 */
public record RunningGateway(URI base, String operatorKey) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The one that Arquillian deployed, by what it injects. */
  public static RunningGateway at(URL injected) {
    return at(URI.create(injected.toString()));
  }

  static RunningGateway at(URI address) {
    String base = address.toString().replaceAll("/$", "");
    return new RunningGateway(URI.create(base), operatorKeyOfThisRun());
  }

  /** The archive as it was built: the same file for both servers. */
  public static WebArchive archive() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, archiveFile().toFile());
  }

  static Path archiveFile() {
    return Path.of(required(Optional.ofNullable(System.getProperty("ecolink.war")), "ecolink.war"));
  }

  private static String operatorKeyOfThisRun() {
    String name = "ECOLINK_OPERATOR_KEY";
    return required(Optional.ofNullable(System.getenv(name)), name);
  }

  private static String required(Optional<String> value, String name) {
    return value.orElseThrow(
        () -> new IllegalStateException(name + " is not set: run this test by mvn verify"));
  }

  /**
   * @param path from the root, with its slash
   */
  public URI resolve(String path) {
    return URI.create(base + path);
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(resolve(path)).build());
  }

  /** What the management API answers is held against the document of the API, errors included. */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      ApiDocument.built().check(request, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
