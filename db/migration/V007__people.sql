-- People: how they sign in, what they are invited to, and who did what.
-- Whoever signs in at another provider has no password here.
alter table app_user alter column password_hash drop not null;
alter table app_user add column last_sign_in_at timestamp(6) with time zone;
-- Who they are to the other provider, from the first time they came from there: an e-mail address
-- may be given to somebody else one day, these two never are.
alter table app_user add column oidc_issuer varchar(255);
alter table app_user add column oidc_subject varchar(255);
alter table app_user add constraint app_user_once_a_subject unique (oidc_issuer, oidc_subject);

create table user_session (
  id bigint generated always as identity primary key,
  user_id bigint not null references app_user (id) on delete cascade,
  -- Of the token that only the browser has.
  sha256 varchar(64) not null unique,
  created_at timestamp(6) with time zone not null,
  last_seen_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null
);
create index user_session_by_user on user_session (user_id);
create index user_session_by_expiry on user_session (expires_at);
create index user_session_by_use on user_session (last_seen_at);

-- The Playground's keys: set for these alone. No foreign keys: a key outlives session and user, and
-- its row is taken for the same person's next one.
alter table api_key add column user_id bigint;
alter table api_key add column session_id bigint;
create index api_key_by_user on api_key (user_id);
create index api_key_by_session on api_key (session_id);

create table invitation (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  email varchar(254) not null,
  role varchar(10) not null check (role in ('owner', 'member')),
  -- Of the token that only the link has.
  sha256 varchar(64) not null unique,
  invited_by varchar(300) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  -- Accepted, revoked, or replaced by a newer one: the link leads nowhere any more.
  ended_at timestamp(6) with time zone
);
create index invitation_by_account on invitation (account_id, email);

-- Failed sign-ins by whom they are counted against: an e-mail address, a client's address, a known
-- device. Hashes and addresses only.
create table sign_in_guard (
  subject varchar(80) primary key,
  failures integer not null,
  last_at timestamp(6) with time zone not null,
  blocked_until timestamp(6) with time zone
);
create index sign_in_guard_by_time on sign_in_guard (last_at);

-- Browsers in which somebody has signed in with a password before.
create table known_device (
  sha256 varchar(64) primary key,
  user_id bigint not null references app_user (id) on delete cascade,
  seen_at timestamp(6) with time zone not null
);
create index known_device_by_user on known_device (user_id);
create index known_device_by_time on known_device (seen_at);

-- Append-only. No foreign key: an entry stays whatever becomes of what it names.
create table audit_entry (
  id bigint generated always as identity primary key,
  -- Empty where no account is concerned, or where none is known.
  account_id bigint,
  happened_at timestamp(6) with time zone not null,
  actor varchar(300) not null,
  action varchar(60) not null,
  subject varchar(300) not null,
  detail varchar(1000) not null
);
create index audit_entry_by_account on audit_entry (account_id, id);
