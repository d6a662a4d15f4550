-- What the last check of an instance's containers found.
create table container_check (
  instance_id bigint primary key references instance (id),
  checked_at timestamp(6) with time zone not null,
  -- JSON: a list of regions with their findings.
  report text not null
);
