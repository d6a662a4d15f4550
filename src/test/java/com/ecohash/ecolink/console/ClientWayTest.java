package com.ecohash.ecolink.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Networks;
import com.ecohash.ecolink.testing.ClientRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClientWayTest {
  private final ClientWay way = new ClientWay(Networks.parse("10.0.0.0/8"), Optional.empty());

  private static HttpServletRequest forwarded(String from) {
    return ClientRequest.from(from)
        .with("X-Forwarded-For", "203.0.113.9, 198.51.100.7, 10.1.1.1")
        .with("X-Forwarded-Proto", "https")
        .with("X-Forwarded-Host", "llm.example.com")
        .servlet();
  }

  @Test
  void believesATrustedProxy() {
    HttpServletRequest request = forwarded("10.0.0.1");
    assertThat(way.isHttps(request)).isTrue();
    assertThat(way.address(request)).isEqualTo("198.51.100.7");
    assertThat(way.base(request)).isEqualTo("https://llm.example.com");
  }

  @Test
  void believesNobodyElse() {
    HttpServletRequest request = forwarded("198.51.100.7");
    assertThat(way.isHttps(request)).isFalse();
    assertThat(way.address(request)).isEqualTo("198.51.100.7");
    assertThat(way.base(request)).isEqualTo("http://gateway.example.com");
  }

  @Test
  void stopsAtWhatIsNoAddress() {
    HttpServletRequest request =
        ClientRequest.from("10.0.0.1")
            .with("X-Forwarded-For", "unknown")
            .with("X-Forwarded-Host", "evil.example.com/path?")
            .servlet();
    assertThat(way.address(request)).isEqualTo("10.0.0.1");
    assertThat(way.base(request)).isEqualTo("http://gateway.example.com:8080");
  }

  @Test
  void spellsAnAddressInOneWay() {
    assertThat(way.address(ClientRequest.from("[2001:db8::1]").servlet()))
        .isEqualTo(way.address(ClientRequest.from("2001:DB8:0:0:0:0:0:1").servlet()));
  }

  @Test
  void prefersTheConfiguredName() {
    ClientWay configured =
        new ClientWay(Networks.parse(""), Optional.of("https://llm.example.com"));
    assertThat(configured.base(forwarded("10.0.0.1"))).isEqualTo("https://llm.example.com");
  }
}
