-- The gateways that are alive, each with a row that it keeps young.
create table node (
  id varchar(36) primary key,
  beat_at timestamp(6) with time zone not null
);
