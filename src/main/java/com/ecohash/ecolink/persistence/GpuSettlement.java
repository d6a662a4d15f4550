package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.ids.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges the GPU time of custom instances, account by account, each in one transaction that locks
 * the account first. How far each run is charged stands in the database and moves in the same
 * transaction as the money, so any number of nodes may settle at once, and a node that dies leaves
 * all or nothing.
 */
public final class GpuSettlement {
  private static final Logger LOG = LoggerFactory.getLogger(GpuSettlement.class);

  private final Database database;
  private final Clock clock;
  private final Duration period;
  private final BillingListener listener;

  /**
   * @param period running instances are charged up to the last whole one of the clock; in whole
   *     seconds
   */
  public GpuSettlement(Database database, Clock clock, Duration period, BillingListener listener) {
    if (period.toSeconds() < 1 || period.toNanosPart() != 0) {
      throw new IllegalArgumentException("a period is a whole number of seconds: " + period);
    }
    this.database = database;
    this.clock = clock;
    this.period = period;
    this.listener = listener;
  }

  /**
   * Charges everything that is due. One account's failure does not hold up the others.
   *
   * @return whether any balance changed
   * @throws IllegalStateException after the others, if some account could not be settled
   */
  public boolean settle() {
    boolean changed = false;
    int failed = 0;
    for (AccountId account : accounts()) {
      try {
        changed |= settle(account);
      } catch (RuntimeException e) {
        failed++;
        LOG.error(
            "The GPU time of account {} could not be settled; it will be tried again", account, e);
      }
    }
    if (changed) {
      database.change(entityManager -> true); // all nodes read the balances anew
    }
    if (failed > 0) {
      throw new IllegalStateException(failed + " accounts could not be settled");
    }
    return changed;
  }

  private List<AccountId> accounts() {
    return database.transaction(
        entityManager -> entityManager.unwrap(Session.class).doReturningWork(GpuRunRows::accounts));
  }

  /** One account's, for tests that let nodes compete for it. */
  boolean settle(AccountId account) {
    Instant now = Times.now(clock);
    AccountSettlement settlement = new AccountSettlement(account, lastWhole(now), now);
    database.transaction(
        entityManager -> {
          settlement.run(entityManager);
          return true;
        });
    settlement.tell(listener);
    return settlement.hasCharged() || settlement.hasStopped();
  }

  private Instant lastWhole(Instant now) {
    long seconds = now.getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, period.toSeconds()));
  }
}
