-- Who calls, and the version that every change of what the data plane knows counts up.
create table account (
  id bigint generated always as identity primary key,
  name varchar(100) not null,
  -- The sum of the account's ledger entries, kept in the transaction that writes them.
  balance_nanos bigint default 0 not null,
  created_at timestamp(6) with time zone not null
);

create table app_user (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  email varchar(254) not null unique,
  password_hash varchar(255) not null,
  role varchar(10) not null check (role in ('owner', 'member')),
  created_at timestamp(6) with time zone not null
);
create index app_user_by_account on app_user (account_id);

create table api_key (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  name varchar(100) not null,
  sha256 varchar(64) not null unique,
  prefix varchar(12) not null,
  scopes varchar(100) not null,
  expires_at timestamp(6) with time zone,
  rate_limit integer check (rate_limit > 0),
  source_tag varchar(100),
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone
);
create index api_key_by_account on api_key (account_id);

create table catalog_version (
  id integer primary key check (id = 1),
  version bigint not null
);
insert into catalog_version (id, version) values (1, 1);
