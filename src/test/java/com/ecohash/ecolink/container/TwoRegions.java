package com.ecohash.ecolink.container;

import com.ecohash.ecolink.testing.FakeContainer;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of containers that misbehave need: two of them, and an account that calls them. */
@ExtendWith(ArquillianExtension.class)
abstract class TwoRegions {
  /** Whether the server says that a client has gone while nothing is written to it. */
  static final boolean TELLS_OF_GONE_CLIENTS =
      "jetty".equals(System.getProperty("arquillian.launch"));

  @ArquillianResource private URL address;

  final FakeContainer west = FakeContainer.start();
  final FakeContainer central = FakeContainer.start();
  RunningGateway gateway;
  Tenant tenant;
  Aftermath aftermath;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
    aftermath = new Aftermath(tenant);
  }

  @AfterEach
  void end() {
    west.close();
    central.close();
  }

  /** A request over a connection of its own, byte by byte. */
  String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, tenant.key(), body.length(), body);
  }
}
