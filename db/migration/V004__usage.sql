-- What exchanges used. No foreign keys from here: rows arrive by the thousand a second, the store
-- locks (and so has seen) the accounts it writes for, and accounts, keys and instances are never
-- deleted.
create table usage_record (
  request_id varchar(30) primary key,
  account_id bigint not null,
  key_id bigint,
  instance_id bigint not null,
  category varchar(30),
  model varchar(512) not null,
  streamed boolean not null,
  started_at timestamp(6) with time zone not null,
  ending varchar(20) not null,
  status integer not null,
  input_tokens bigint not null,
  cached_input_tokens bigint not null,
  output_tokens bigint not null,
  reasoning_tokens bigint not null,
  images bigint not null,
  milliseconds bigint not null,
  units_source varchar(10) not null,
  cost_nanos bigint not null,
  -- The prices it was charged by: a JSON object of nano-dollars by unit.
  rates varchar(2000) not null,
  region_id varchar(63),
  -- A JSON array.
  attempts varchar(100000) not null,
  first_byte_micros bigint not null,
  duration_micros bigint not null
);
create index usage_record_by_account on usage_record (account_id, started_at);
create index usage_record_by_instance on usage_record (instance_id, started_at);
create index usage_record_by_key on usage_record (key_id, started_at);

-- Sums by hour, kept in the transaction that stores the records. Key 0 stands for none.
create table usage_rollup (
  account_id bigint not null,
  hour_start timestamp(6) with time zone not null,
  instance_id bigint not null,
  key_id bigint not null,
  day_utc date not null,
  requests bigint not null,
  errors bigint not null,
  input_tokens bigint not null,
  cached_input_tokens bigint not null,
  output_tokens bigint not null,
  reasoning_tokens bigint not null,
  images bigint not null,
  milliseconds bigint not null,
  cost_nanos bigint not null,
  primary key (account_id, hour_start, instance_id, key_id)
);
