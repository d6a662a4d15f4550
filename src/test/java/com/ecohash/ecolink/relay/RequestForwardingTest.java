package com.ecohash.ecolink.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.instances.Networks;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.routing.TestingInstances;
import com.ecohash.ecolink.testing.ClientRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestForwardingTest {
  private static final FieldPolicy AS_SENT = new FieldPolicy(Optional.empty(), Set.of());

  private final RequestForwarding forwarding =
      new RequestForwarding(Networks.parse("10.0.0.0/8,fd00::/8"), 1_000, "some.key");

  private List<String> sent(ClientRequest request, FieldPolicy policy) {
    return sent(request, policy, Optional.empty());
  }

  private List<String> sent(
      ClientRequest request, FieldPolicy policy, Optional<String> traceparent) {
    ForwardedRequest forwarded = forwarding.forward(request.servlet(), "/target", policy);
    String head =
        new String(
            forwarded
                .to(
                    TestingInstances.of(),
                    URI.create("http://container:8000/prefix"),
                    OutgoingBody.EMPTY,
                    traceparent)
                .headBytes(),
            ISO_8859_1);
    return List.of(head.stripTrailing().split("\r\n"));
  }

  private List<String> sent(ClientRequest request) {
    return sent(request, FieldPolicy.JSON);
  }

  private static ClientRequest client() {
    return ClientRequest.from("192.0.2.7");
  }

  @Test
  void saysWhereTheRequestCameFrom() {
    assertThat(sent(client().with("User-Agent", "test/1")))
        .containsExactly(
            "POST /prefix/target HTTP/1.1",
            "Host: container:8000",
            "Content-Type: application/json",
            "User-Agent: test/1",
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: gateway.example.com",
            "Via: 1.1 ecolink",
            "Content-Length: 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Cookie",
        "Cookie2",
        "Proxy-Authorization",
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Expect",
        "Content-Length",
        "Accept-Encoding",
        "Origin",
        "X-Real-IP",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "Forwarded",
        "X-EcoLink-Account"
      })
  void keepsToItselfWhatIsNotTheContainers(String name) {
    assertThat(sent(client().with(name, "a-secret"))).noneMatch(line -> line.contains("a-secret"));
  }

  @Test
  void dropsWhatAnyConnectionFieldNames() {
    ClientRequest request =
        client()
            .with("Connection", "keep-alive, X-One")
            .with("Connection", "x-two")
            .with("X-One", "a-secret")
            .with("X-Two", "a-secret")
            .with("X-Three", "kept");
    assertThat(sent(request))
        .noneMatch(line -> line.contains("a-secret"))
        .contains("X-Three: kept");
  }

  @Test
  void passesAllValuesOfAFieldInTheirOrder() {
    assertThat(sent(client().with("X-A", "1").with("X-B", "2").with("x-a", "3")))
        .containsSubsequence("X-A: 1", "X-A: 3");
  }

  @Test
  void appendsToWhatATrustedProxySays() {
    ClientRequest request =
        ClientRequest.from("10.1.2.3")
            .with("X-Forwarded-For", "198.51.100.1")
            .with("X-Forwarded-For", "198.51.100.2")
            .with("X-Forwarded-Proto", "https")
            .with("X-Forwarded-Host", "api.example.com")
            .with("X-Forwarded-Port", "443")
            .with("Forwarded", "for=198.51.100.1;proto=https")
            .with("X-Real-IP", "198.51.100.1");
    assertThat(sent(request))
        .contains(
            "X-Forwarded-For: 198.51.100.1, 198.51.100.2, 10.1.2.3",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: api.example.com",
            "X-Forwarded-Port: 443",
            "Forwarded: for=198.51.100.1;proto=https, for=10.1.2.3",
            "X-Real-IP: 198.51.100.1");
  }

  @Test
  void writesAddressesAsTheFieldsWantThem() {
    ClientRequest request = ClientRequest.from("[fd00::7]").with("Forwarded", "for=198.51.100.1");
    assertThat(sent(request))
        .contains("X-Forwarded-For: fd00::7", "Forwarded: for=198.51.100.1, for=\"[fd00::7]\"");
  }

  @Test
  void appendsItselfToTheStopsOnTheWay() {
    assertThat(sent(client().with("Via", "1.0 fred, 1.1 p.example.net")))
        .contains("Via: 1.0 fred, 1.1 p.example.net, 1.1 ecolink");
  }

  @Test
  void leavesToAPolicyWhatIsNotTheSameForAll() {
    ClientRequest request =
        client()
            .with("Content-Type", "multipart/form-data; boundary=x")
            .with("Accept-Encoding", "gzip");
    assertThat(sent(request, AS_SENT))
        .contains("Content-Type: multipart/form-data; boundary=x", "Accept-Encoding: gzip");
    assertThat(sent(request))
        .contains("Content-Type: application/json")
        .noneMatch(line -> line.contains("multipart"));
  }

  @Test
  void passesATraceOnOrPutsItsOwnSpanIntoIt() {
    ClientRequest request = client().with("Traceparent", "client").with("Tracestate", "a=b");
    assertThat(sent(request)).contains("Traceparent: client", "Tracestate: a=b");
    assertThat(sent(request, FieldPolicy.JSON, Optional.of("ours")))
        .contains("traceparent: ours", "Tracestate: a=b")
        .noneMatch(line -> line.contains("client"));
  }

  @Test
  void refusesHeadersOverTheLimit() {
    assertThatThrownBy(() -> sent(client().with("Cookie", "a".repeat(990))))
        .hasMessageContaining("some.key")
        .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
        .extracting(ApiException::type)
        .isEqualTo(ErrorType.HEADERS_TOO_LARGE);
  }
}
