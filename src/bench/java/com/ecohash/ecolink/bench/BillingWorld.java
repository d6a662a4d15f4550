package com.ecohash.ecolink.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Fills a migrated PostgreSQL with usage records, GPU time, both roll-ups and a ledger that agree
 * with each other to the nano-dollar, as a reconciliation shows. The same number of records makes
 * the same world: ten accounts, each with eight instances and ten keys, over 90 days up to a
 * moment.
 */
final class BillingWorld {
  static final int ACCOUNTS = 10;

  private static final String HASH = "(i * 2654435761 % 4294967296)";

  private static final String RECORDS =
      """
      insert into usage_record (request_id, account_id, key_id, instance_id, category, model,
        streamed, started_at, ending, status, input_tokens, cached_input_tokens, output_tokens,
        reasoning_tokens, images, milliseconds, units_source, cost_nanos, rates, region_id,
        attempts, first_byte_micros, duration_micros)
      select 'req_' || lpad(to_hex(i), 26, '0'), account, account * 100 + h / 64 % 10,
        account * 100 + h / 1024 % 8, 'chat', 'my-llama:' || (account * 100 + h / 1024 % 8),
        true, at, case when failed then 'container_failed' else 'completed' end, 200,
        input, input / 4, output, 0, 0, 0, 'reported',
        case when failed then 0 else (input * 75 + output * 300 + 1) / 2 end,
        '{"input_tokens":37500000,"output_tokens":150000000}', 'us-west',
        '[{"replica":1,"region":"us-west","reason":"fewest","result":"ok","millis":250}]',
        50000 + h % 400000, 900000 + h % 4000000
      from (
        select i, h, 1 + (h / 8192 % 10) as account, h / 16 % 50 = 0 as failed,
          20 + h % 1500 as input, 10 + h / 4 % 700 as output,
          timestamp with time zone 'UNTIL' - interval '90 days'
            + (interval '90 days' / COUNT) * (i - 1) as at
        from (select i, HASH as h from generate_series(1::bigint, COUNT) i) seeds
      ) facts
      """
          .replace("HASH", HASH);

  private static final String RUNS =
      """
      insert into gpu_run (replica_id, begin_at, instance_id, account_id, region_id, gpu_type,
        gpus, end_at, settled_until, settled)
      select a, timestamp with time zone '%1$s' - interval '30 days', a * 100 + 9, a, 'us-west',
        'H100', 2, timestamp with time zone '%1$s', timestamp with time zone '%1$s', true
      from generate_series(1, 10) a
      """;

  private static final String PERIODS =
      """
      insert into gpu_period (replica_id, begin_at, run_begin_at, instance_id, account_id,
        region_id, gpu_type, gpus, seconds, rate_nanos, cost_nanos, booked_at)
      select r.replica_id, r.begin_at + interval '1 hour' * h, r.begin_at, r.instance_id,
        r.account_id, r.region_id, r.gpu_type, r.gpus, 3600, 2500000000, 5000000000,
        r.begin_at + interval '1 hour' * (h + 1)
      from gpu_run r, generate_series(0, 719) h
      """;

  private static final String HOURS =
      """
      insert into usage_rollup (account_id, hour_start, instance_id, key_id, day_utc, requests,
        errors, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, images,
        milliseconds, cost_nanos, streams, first_byte_micros, gpu_seconds, gpu_cost_nanos)
      select account_id, date_trunc('hour', started_at, 'UTC'), instance_id, key_id,
        (date_trunc('hour', started_at, 'UTC') at time zone 'UTC')::date, count(*),
        count(*) filter (where ending <> 'completed'), sum(input_tokens),
        sum(cached_input_tokens), sum(output_tokens), 0, 0, 0, sum(cost_nanos),
        count(*) filter (where ending = 'completed'),
        coalesce(sum(first_byte_micros) filter (where ending = 'completed'), 0), 0, 0
      from usage_record group by 1, 2, 3, 4
      union all
      select account_id, date_trunc('hour', begin_at, 'UTC'), instance_id, 0,
        (date_trunc('hour', begin_at, 'UTC') at time zone 'UTC')::date, 0, 0, 0, 0, 0, 0, 0, 0,
        sum(cost_nanos), 0, 0, sum(seconds * gpus), sum(cost_nanos)
      from gpu_period group by 1, 2, 3
      """;

  private static final String DAYS =
      """
      insert into usage_day (account_id, day_utc, instance_id, key_id, requests, errors,
        input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, images, milliseconds,
        cost_nanos, streams, first_byte_micros, gpu_seconds, gpu_cost_nanos)
      select account_id, day_utc, instance_id, key_id, sum(requests), sum(errors),
        sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), 0, 0, 0,
        sum(cost_nanos), sum(streams), sum(first_byte_micros), sum(gpu_seconds),
        sum(gpu_cost_nanos)
      from usage_rollup group by 1, 2, 3, 4
      """;

  private static final String LEDGER =
      """
      insert into ledger_entry (account_id, kind, amount_nanos, balance_after_nanos, description,
        created_at, booked_at)
      select account_id, kind, amount,
        sum(amount) over (partition by account_id order by at, kind rows unbounded preceding),
        description, at, at
      from (
        select a as account_id, 'top_up' as kind, 1000000000000000 as amount,
          'Top-up' as description, timestamp with time zone '%1$s' - interval '91 days' as at
        from generate_series(1, 10) a
        union all
        select account_id, 'api_usage', -sum(cost_nanos), count(*) || ' exchanges',
          date_trunc('minute', started_at) + interval '1 minute'
        from usage_record group by account_id, date_trunc('minute', started_at)
        having sum(cost_nanos) > 0
        union all
        select account_id, 'gpu_usage', -cost_nanos, 'GPU time', booked_at from gpu_period
      ) entries
      order by account_id, at, kind
      """;

  private static final String BALANCES =
      """
      update account a set balance_nanos =
        (select sum(amount_nanos) from ledger_entry e where e.account_id = a.id)
      """;

  private BillingWorld() {}

  /**
   * Fills the database, unless it holds a world already.
   *
   * @param until the last record's time, as PostgreSQL writes it
   */
  static void fill(Connection connection, long records, String until) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("select count(*) from account")) {
        row.next();
        if (row.getLong(1) > 0) {
          return;
        }
      }
      statement.execute("set synchronous_commit = off");
      statement.execute("set work_mem = '256MB'");
      statement.execute("set maintenance_work_mem = '512MB'");
      statement.execute(
          "insert into account (name, created_at)"
              + " select 'Account ' || a, current_timestamp from generate_series(1, 10) a");
      statement.execute("drop index usage_record_by_account");
      statement.execute("drop index usage_record_by_instance");
      statement.execute("drop index usage_record_by_key");
      statement.execute(RECORDS.replace("UNTIL", until).replace("COUNT", Long.toString(records)));
      statement.execute(
          "create index usage_record_by_account on usage_record (account_id, started_at)");
      statement.execute(
          "create index usage_record_by_instance on usage_record"
              + " (account_id, instance_id, started_at)");
      statement.execute("create index usage_record_by_key on usage_record (key_id, started_at)");
      statement.execute(RUNS.formatted(until));
      statement.execute(PERIODS);
      statement.execute(HOURS);
      statement.execute(DAYS);
      statement.execute(LEDGER.formatted(until));
      statement.execute(BALANCES);
      statement.execute("vacuum analyze");
    }
  }
}
