-- Videos that containers work on: where each is made and for whom, until its usage is recorded.
create table video_job (
  -- Also the id of the usage record that the finished video gets: it cannot be metered twice.
  usage_id varchar(30) primary key,
  account_id bigint not null,
  -- What the client knows it by, and what its container does.
  public_id varchar(300) not null,
  container_id varchar(256) not null,
  key_id bigint,
  instance_id bigint not null,
  replica_id bigint not null,
  region_id varchar(63) not null,
  model varchar(512) not null,
  started_at timestamp(6) with time zone not null,
  -- The prices in force then: a JSON object of nano-dollars by unit.
  rates varchar(2000) not null,
  -- Length that the request asked for, for a container that does not say how long it became.
  asked_milliseconds bigint,
  next_poll_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  constraint video_job_named_once unique (account_id, public_id),
  constraint video_job_polled_until_ended check ((next_poll_at is null) = (ended_at is not null))
);
create index video_job_by_poll on video_job (next_poll_at);
