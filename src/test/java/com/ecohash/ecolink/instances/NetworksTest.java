package com.ecohash.ecolink.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  private final Networks networks = Networks.parse("10.0.0.0/8, ::1,192.0.2.7");

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.255.255.255", "::1", "[::1]", "192.0.2.7"})
  void holdAnAddress(String address) {
    assertThat(networks.contains(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.0.1", "::2", "192.0.2.8", "", "localhost", "10.0.0.1.example.com"})
  void doNotHoldAnother(String address) {
    assertThat(networks.contains(address)).isFalse();
  }

  @Test
  void mayBeNone() {
    assertThat(Networks.parse("").contains("127.0.0.1")).isFalse();
  }

  @Test
  void refuseWhatIsNoNetwork() {
    assertThatThrownBy(() -> Networks.parse("proxy.example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proxy.example.com");
  }
}
