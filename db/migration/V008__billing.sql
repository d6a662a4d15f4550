-- A price of GPU time may be of one region; '' stands for all of them.
alter table price add column region_id varchar(63) default '' not null;
alter table price drop constraint price_once;
alter table price add constraint price_once
  unique (subject_kind, subject_name, region_id, unit, effective_from);

-- The key under which the operator asked for a booking. It stays with the entry, so the same
-- request never books again, however late it comes.
alter table ledger_entry add column idempotency_key varchar(255);
alter table ledger_entry add constraint ledger_entry_once unique (account_id, idempotency_key);

-- Answers of streams that had a first byte, and the sum of the times to it; GPU time, and what of
-- the cost is for it.
alter table usage_rollup add column streams bigint default 0 not null;
alter table usage_rollup add column first_byte_micros bigint default 0 not null;
alter table usage_rollup add column gpu_seconds bigint default 0 not null;
alter table usage_rollup add column gpu_cost_nanos bigint default 0 not null;

-- The same sums by day: what spans weeks is read from here.
create table usage_day (
  account_id bigint not null,
  day_utc date not null,
  instance_id bigint not null,
  key_id bigint not null,
  requests bigint not null,
  errors bigint not null,
  input_tokens bigint not null,
  cached_input_tokens bigint not null,
  output_tokens bigint not null,
  reasoning_tokens bigint not null,
  images bigint not null,
  milliseconds bigint not null,
  cost_nanos bigint not null,
  streams bigint not null,
  first_byte_micros bigint not null,
  gpu_seconds bigint not null,
  gpu_cost_nanos bigint not null,
  primary key (account_id, day_utc, instance_id, key_id)
);
insert into usage_day (
  account_id, day_utc, instance_id, key_id, requests, errors, input_tokens, cached_input_tokens,
  output_tokens, reasoning_tokens, images, milliseconds, cost_nanos, streams, first_byte_micros,
  gpu_seconds, gpu_cost_nanos)
select
  account_id, day_utc, instance_id, key_id, sum(requests), sum(errors), sum(input_tokens),
  sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(images),
  sum(milliseconds), sum(cost_nanos), 0, 0, 0, 0
from usage_rollup
group by account_id, day_utc, instance_id, key_id;

-- A platform model's records are many accounts'; each looks for its own.
drop index usage_record_by_instance;
create index usage_record_by_instance on usage_record (account_id, instance_id, started_at);

-- When each replica of a custom instance runs: what is charged by time. Times are whole seconds.
create table gpu_run (
  replica_id bigint not null,
  begin_at timestamp(6) with time zone not null,
  instance_id bigint not null,
  account_id bigint not null,
  region_id varchar(63) not null,
  -- '' if none was named, which costs nothing.
  gpu_type varchar(64) not null,
  gpus integer not null check (gpus >= 0),
  end_at timestamp(6) with time zone,
  -- Up to here it is charged; moved in the transaction that charges.
  settled_until timestamp(6) with time zone not null,
  -- It has ended and is charged to its end.
  settled boolean default false not null,
  primary key (replica_id, begin_at)
);
create index gpu_run_by_account on gpu_run (settled, account_id);
create index gpu_run_by_instance on gpu_run (instance_id, end_at);
insert into gpu_run (
  replica_id, begin_at, instance_id, account_id, region_id, gpu_type, gpus, settled_until)
select
  r.id, date_trunc('second', current_timestamp), i.id, i.account_id, r.region_id,
  coalesce(i.gpu_type, ''), i.gpu_count, date_trunc('second', current_timestamp)
from replica r join instance i on i.id = r.instance_id
where i.mode = 'custom' and i.state = 'running';

-- The usage records of GPU time: one stretch of one replica at one price.
create table gpu_period (
  replica_id bigint not null,
  begin_at timestamp(6) with time zone not null,
  run_begin_at timestamp(6) with time zone not null,
  instance_id bigint not null,
  account_id bigint not null,
  region_id varchar(63) not null,
  gpu_type varchar(64) not null,
  gpus integer not null,
  seconds bigint not null check (seconds > 0),
  -- Of a GPU-hour.
  rate_nanos bigint not null,
  cost_nanos bigint not null,
  booked_at timestamp(6) with time zone not null,
  primary key (replica_id, begin_at)
);
create index gpu_period_by_account on gpu_period (account_id, begin_at);

-- What an account was told of its balance running out: minutes that were left, 0 when it had.
create table balance_warning (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  minutes integer not null check (minutes >= 0),
  balance_nanos bigint not null,
  -- What an hour cost then.
  burn_nanos bigint not null,
  warned_at timestamp(6) with time zone not null,
  -- Since when it no longer stands.
  cleared_at timestamp(6) with time zone
);
create index balance_warning_by_account on balance_warning (account_id, cleared_at);
