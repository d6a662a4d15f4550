-- What is charged, and what was. Money is in whole nano-dollars.
create table price (
  id bigint generated always as identity primary key,
  subject_kind varchar(10) not null check (
    subject_kind in ('instance', 'model', 'category', 'gpu_type')
  ),
  -- The instance's id, the platform model's name, the category or the GPU type.
  subject_name varchar(128) not null,
  unit varchar(30) not null,
  amount_nanos bigint not null check (amount_nanos >= 0),
  effective_from timestamp(6) with time zone not null,
  created_at timestamp(6) with time zone not null,
  constraint price_once unique (subject_kind, subject_name, unit, effective_from)
);

-- Append-only: a correction is a new entry. An account's entries in the order of their ids make
-- the chain of its balances.
create table ledger_entry (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  kind varchar(20) not null check (
    kind in ('top_up', 'api_usage', 'gpu_usage', 'refund', 'bonus', 'adjustment')
  ),
  amount_nanos bigint not null check (amount_nanos <> 0),
  balance_after_nanos bigint not null,
  -- The exchange that was charged: once.
  request_id varchar(30) unique,
  description varchar(512) not null,
  -- When what it books happened, and when it was booked.
  created_at timestamp(6) with time zone not null,
  booked_at timestamp(6) with time zone not null
);
create index ledger_entry_by_account on ledger_entry (account_id, id);
