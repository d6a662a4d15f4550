package com.ecohash.ecolink.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointAllowListTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "inside.example", List.of("10.1.2.3", "10.9.9.9"),
          "half.example", List.of("10.1.2.3", "192.0.2.1"),
          "listed.example", List.of("192.0.2.1"),
          "metadata.example", List.of("169.254.169.254"),
          "metadata.google.internal", List.of("169.254.169.254"),
          "hidden.example", List.of("10.1.2.3", "::169.254.169.254"));

  private final EndpointAllowList list =
      EndpointAllowList.parse(
          "10.0.0.0/8, ::1,Listed.example,metadata.example,metadata.google.internal,hidden.example,"
              + "169.254.0.0/16,fe80::/10,fd00::/8,64:ff9b::/96,2002::/16,::/96,127.0.0.1,"
              + "169.254.7.7,100.64.0.0/10,0.0.0.0/0",
          EndpointAllowListTest::resolve);

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    boolean literal = host.contains(":") || Character.isDigit(host.charAt(0));
    List<String> texts = literal ? List.of(host) : NAMES.get(host);
    if (texts == null) {
      throw new UnknownHostException(host);
    }
    for (String text : texts) {
      addresses.add(InetAddress.getByName(text));
    }
    return addresses;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.200.0.1:8000",
        "http://[::1]:8000/base",
        "http://127.0.0.1",
        "http://inside.example",
        "http://listed.example:1",
        "http://[::ffff:10.0.0.1]",
        "http://169.254.7.7:8000",
        "http://[64:ff9b::a00:1]"
      })
  void allows(String endpoint) {
    assertThat(list.refusal(URI.create(endpoint))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://unknown.example",
        "http://169.254.169.254",
        "http://metadata.example",
        "http://[fd00:ec2::254]",
        "http://[fe80::1]",
        "http://[::ffff:169.254.169.254]",
        "http://metadata.google.internal/computeMetadata/v1",
        "http://hidden.example",
        "http://[::169.254.169.254]",
        "http://[64:ff9b::a9fe:a9fe]",
        "http://[2002:a9fe:a9fe::1]",
        "http://100.100.100.200",
        "http://0.0.0.0:8000",
        "http://[::]:8000",
        "http://224.0.0.1",
        "http://0x7f.0.0.1",
        "http://0x7f000001",
        "http://2130706433",
        "http://0177.0.0.1",
        "http://127.1",
        "http://10.0.0.01",
        "http://10.0.0.1.",
        "http://[fe80::1%25eth0]",
        "http://a_b.example",
        "http:///path"
      })
  void refuses(String endpoint) {
    assertThat(list.refusal(URI.create(endpoint))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2",
        "http://11.0.0.1",
        "http://half.example",
        "http://user@10.0.0.1@11.0.0.1"
      })
  void refusesWhatIsNotListed(String endpoint) {
    EndpointAllowList few =
        EndpointAllowList.parse("10.0.0.0/8,127.0.0.1", EndpointAllowListTest::resolve);
    assertThat(few.refusal(URI.create(endpoint))).isPresent();
  }

  @Test
  void judgesANameAnewAtEachLookUp() throws UnknownHostException {
    List<String> now = new ArrayList<>(List.of("10.1.2.3"));
    EndpointAllowList few =
        EndpointAllowList.parse("10.0.0.0/8,rebound.example", host -> resolve(now.get(0)));
    assertThat(few.addressOf("rebound.example")).isEqualTo(InetAddress.getByName("10.1.2.3"));
    now.set(0, "169.254.169.254");
    assertThatThrownBy(() -> few.addressOf("rebound.example"))
        .isInstanceOf(UnknownHostException.class);
    now.set(0, "127.0.0.1");
    assertThatThrownBy(() -> few.addressOf("other.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void takesAnIpv6AddressWithBracketsOrWithout() throws UnknownHostException {
    InetAddress loopback = InetAddress.getByName("::1");
    assertThat(list.addressOf("[::1]")).isEqualTo(loopback);
    assertThat(list.addressOf("::1")).isEqualTo(loopback);
  }

  @Test
  void allowsNothingIfEmpty() {
    EndpointAllowList none = EndpointAllowList.parse("", EndpointAllowListTest::resolve);
    assertThat(none.refusal(URI.create("http://127.0.0.1"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8/8", "host/8", "a b", "1.2.3.4.5", "-x"})
  void refusesEntriesThatAreNeitherHostNorNetwork(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointAllowList.parse(entry, EndpointAllowListTest::resolve));
  }
}
