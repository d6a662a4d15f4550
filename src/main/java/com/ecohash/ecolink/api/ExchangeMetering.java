package com.ecohash.ecolink.api;

import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Cost;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.metering.journal.JournalFullException;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what became of an exchange into its usage record: begin and end in the journal. What begins
 * here takes a place at its instance until it ends.
 */
public final class ExchangeMetering {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeMetering.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Journal journal;
  private final Balances balances;
  private final ConcurrencyLimit concurrency;

  public ExchangeMetering(Journal journal, Balances balances, ConcurrencyLimit concurrency) {
    this.journal = journal;
    this.balances = balances;
    this.concurrency = concurrency;
  }

  /**
   * The exchange is about to reach a container.
   *
   * @param used tells its units when it has ended
   * @throws ApiException 503 if its instance has too many under way, or if it could not be
   *     recorded: what cannot be metered is not served
   */
  void begin(Exchange exchange, ExchangeStart start, Supplier<Units> used) {
    exchange.occupies(concurrency.enter(start.instance()));
    try {
      journal.begin(start);
    } catch (JournalFullException e) {
      throw new ApiException(
              ErrorType.OVERLOADED,
              "The gateway cannot record usage now, as its journal is full (the limit"
                  + " `ecolink.journal.max`). Try again soon.")
          .withRetryAfter(RETRY_AFTER);
    }
    exchange.metered(start, used);
  }

  /**
   * The exchange has ended.
   *
   * @param relayed null if a fault of ours ended it
   */
  void end(Exchange exchange, @Nullable Relayed relayed) {
    ExchangeStart start = exchange.start().orElse(null);
    if (start == null) {
      return; // it never reached a container
    }
    UsageRecord record =
        relayed == null ? UsageRecord.interrupted(start) : facts(exchange, start, relayed);
    if (journal.end(record)) {
      balances.charge(start.account(), record.cost());
    }
    exchange.recorded(record);
  }

  /**
   * What has begun must end in the journal, whatever its meter met: else it takes room for ever.
   */
  private static UsageRecord facts(Exchange exchange, ExchangeStart start, Relayed relayed) {
    try {
      return record(exchange, start, relayed);
    } catch (RuntimeException e) {
      LOG.error("exchange {} could not be metered", start.id(), e);
      return UsageRecord.interrupted(start);
    }
  }

  private static UsageRecord record(Exchange exchange, ExchangeStart start, Relayed relayed) {
    Ending ending = ending(relayed.outcome());
    Units units =
        mayHaveUnits(ending) && wasAsked(relayed.outcome()) ? exchange.units() : Units.NONE;
    long now = System.nanoTime();
    return new UsageRecord(
        start,
        ending,
        relayed.outcome().status(),
        units,
        Cost.of(start, ending, units),
        relayed.answeredBy().map(replica -> replica.region()),
        attempts(relayed),
        relayed.firstByteNanos() == 0
            ? -1
            : (relayed.firstByteNanos() - exchange.startedNanos()) / 1_000,
        (now - exchange.startedNanos()) / 1_000);
  }

  private static Ending ending(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return answered.status() < 400 ? Ending.COMPLETED : Ending.CONTAINER_ERROR;
    }
    if (outcome instanceof Outcome.ClientGone gone) {
      // Who leaves within the container's refusal has got no answer to pay for.
      return gone.status() < 400 ? Ending.CLIENT_GONE : Ending.CONTAINER_ERROR;
    }
    if (outcome instanceof Outcome.Truncated truncated) {
      return isTimeout(truncated.failure()) ? Ending.TIMEOUT : Ending.CONTAINER_FAILED;
    }
    if (outcome instanceof Outcome.Unsent unsent) {
      return isTimeout(unsent.failure()) ? Ending.TIMEOUT : Ending.UNREACHABLE;
    }
    throw new IllegalStateException("an outcome without an ending: " + outcome);
  }

  private static boolean isTimeout(Optional<Failure> failure) {
    return failure.map(Failure::isTimeout).orElse(false);
  }

  /** Of a broken stream the units seen are recorded, though not billed. */
  private static boolean mayHaveUnits(Ending ending) {
    return ending.isBilled() || ending == Ending.CONTAINER_FAILED || ending == Ending.TIMEOUT;
  }

  /** Who leaves while the gateway still looks for a container has had nothing delivered. */
  private static boolean wasAsked(Outcome outcome) {
    return !(outcome instanceof Outcome.ClientGone gone) || gone.asked();
  }

  private static List<AttemptRecord> attempts(Relayed relayed) {
    return relayed.attempts().stream().map(ExchangeMetering::attempt).toList();
  }

  private static AttemptRecord attempt(Attempted attempted) {
    return new AttemptRecord(
        attempted.replica().id(),
        attempted.replica().region(),
        attempted.reason(),
        attempted.result(),
        (int) Math.min(Integer.MAX_VALUE, attempted.durationNanos() / 1_000_000));
  }
}
