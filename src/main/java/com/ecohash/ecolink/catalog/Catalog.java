package com.ecohash.ecolink.catalog;

import com.ecohash.ecolink.access.KeyDirectory;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.InstanceDirectory;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.money.Money;
import java.util.List;
import java.util.Map;

/**
 * Keys, instances, regions, prices and balances at one version of the store. Immutable.
 *
 * @param balances of the ledger when this was read; what is left now is {@code Balances}'
 */
public record Catalog(
    long version,
    KeyDirectory keys,
    InstanceDirectory instances,
    List<Region> regions,
    PriceBook prices,
    Map<AccountId, Money> balances) {
  public static final Catalog EMPTY =
      new Catalog(
          0, KeyDirectory.EMPTY, InstanceDirectory.EMPTY, List.of(), PriceBook.EMPTY, Map.of());

  public Catalog {
    regions = List.copyOf(regions);
    balances = Map.copyOf(balances);
  }
}
