package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import com.ecohash.ecolink.money.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that are on their way to the store, until each of them has arrived or has been put
 * aside. For one thread.
 */
final class DrainBatch {
  private static final Logger LOG = LoggerFactory.getLogger(DrainBatch.class);

  private record Suspect(UsageRecord record, RuntimeException cause) {}

  private final UsageStore store;
  private final DrainListener listener;
  private final RejectedRecords rejected;
  private final Map<RequestId, UsageRecord> waiting = new LinkedHashMap<>();
  private Optional<UsageRecord> lastAccepted = Optional.empty();

  DrainBatch(UsageStore store, DrainListener listener, RejectedRecords rejected) {
    this.store = store;
    this.listener = listener;
    this.rejected = rejected;
  }

  void add(UsageRecord record) {
    waiting.put(record.id(), record);
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Hands everything to the store in one go.
   *
   * @throws RuntimeException the store's, if it took nothing
   */
  void store() {
    accept(List.copyOf(waiting.values()));
  }

  /**
   * Hands it over in ever smaller parts. What the store refuses even alone is put aside, if it is
   * certain that the record is at fault and not the database.
   *
   * @throws RuntimeException the store's, if it is away or a record remains
   */
  void storeInParts() {
    List<Suspect> suspects = new ArrayList<>();
    storeInParts(List.copyOf(waiting.values()), suspects);
    for (Suspect suspect : suspects) {
      if (StoreFailure.of(suspect.cause()) == StoreFailure.UNCLEAR && !storeTakesOthers()) {
        throw suspect.cause();
      }
      putAside(suspect);
    }
  }

  private void storeInParts(List<UsageRecord> part, List<Suspect> suspects) {
    try {
      accept(part);
    } catch (RuntimeException e) {
      if (StoreFailure.of(e) == StoreFailure.AWAY) {
        throw e;
      }
      if (part.size() == 1) {
        suspects.add(new Suspect(part.get(0), e));
      } else {
        int half = part.size() / 2;
        storeInParts(part.subList(0, half), suspects);
        storeInParts(part.subList(half, part.size()), suspects);
      }
    }
  }

  /** Hands over once more what the store has already, which changes nothing. */
  private boolean storeTakesOthers() {
    if (lastAccepted.isEmpty()) {
      return false;
    }
    try {
      store.store(List.of(lastAccepted.get()));
      return true;
    } catch (RuntimeException e) {
      LOG.debug("The store does not even take what it has", e);
      return false;
    }
  }

  private void accept(List<UsageRecord> part) {
    Map<AccountId, Money> balances = store.store(part);
    for (UsageRecord record : part) {
      waiting.remove(record.id());
    }
    lastAccepted = Optional.of(part.get(part.size() - 1));
    try {
      listener.stored(part, balances);
    } catch (RuntimeException e) {
      LOG.error("A listener of the drain failed; the records are stored", e);
    }
  }

  private void putAside(Suspect suspect) {
    try {
      LOG.error(
          "The store refuses usage record {}; it is kept as {} and not charged",
          suspect.record().id(),
          rejected.add(suspect.record()),
          suspect.cause());
    } catch (IOException e) {
      throw new UncheckedIOException("a refused usage record could not be put aside", e);
    }
    waiting.remove(suspect.record().id());
  }
}
