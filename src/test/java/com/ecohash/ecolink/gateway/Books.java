package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.container.Tenant;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;

/** What an account paid is the sum of its receipts, to the last nano-dollar. */
final class Books {
  private static final BigDecimal TOPPED_UP = new BigDecimal("100");

  private Books() {}

  static void assertBalanced(RunningGateway gateway, Tenant tenant, Collection<JsonNode> records) {
    BigDecimal spent =
        records.stream()
            .map(record -> new BigDecimal(record.path("cost").asText()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal balance =
        new BigDecimal(Records.get(gateway, tenant, "/api/billing").path("balance").asText());
    assertThat(balance).isEqualByComparingTo(TOPPED_UP.subtract(spent));
  }
}
