-- What is deployed where.
create table region (
  id varchar(63) primary key,
  name varchar(100) not null,
  runtime varchar(20) not null check (runtime in ('external', 'kubernetes')),
  draining boolean default false not null,
  created_at timestamp(6) with time zone not null
);

create table instance (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  name varchar(128) not null,
  category varchar(30),
  mode varchar(10) not null check (mode in ('openai', 'custom')),
  custom_api_path varchar(512),
  protocol varchar(10) not null,
  state varchar(20) not null check (
    state in ('pending', 'starting', 'running', 'stopping', 'terminated', 'failed')
  ),
  -- The name under which every account may call it; set only while it does, hence unique.
  platform boolean default false not null,
  platform_name varchar(128) unique,
  health_path varchar(512),
  upstream_key varchar(4096),
  image varchar(512),
  port integer check (port between 1 and 65535),
  gpu_type varchar(64),
  gpu_count integer not null check (gpu_count >= 0),
  created_at timestamp(6) with time zone not null,
  terminated_at timestamp(6) with time zone,
  termination_reason varchar(50),
  constraint instance_has_category check (mode = 'custom' or category is not null),
  constraint instance_has_path check ((mode = 'custom') = (custom_api_path is not null)),
  constraint instance_terminated check (
    (state = 'terminated') = (terminated_at is not null)
    and (terminated_at is null) = (termination_reason is null)
  )
);
create index instance_by_account on instance (account_id);

create table replica (
  id bigint generated always as identity primary key,
  instance_id bigint not null references instance (id),
  region_id varchar(63) not null references region (id),
  -- Empty until a runtime has made the container.
  endpoint varchar(1024),
  constraint replica_once_a_region unique (instance_id, region_id)
);
create index replica_by_region on replica (region_id);
