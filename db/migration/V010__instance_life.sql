-- Since when an instance is in its state, why, and when its containers first answered.
alter table instance add column state_since timestamp(6) with time zone default current_timestamp not null;
alter table instance add column state_reason varchar(50);
alter table instance add column ready_at timestamp(6) with time zone;
update instance set state_since = coalesce(terminated_at, created_at);
update instance set ready_at = created_at where state in ('running', 'terminated');

-- A credential is stored encrypted, which takes more room than it does itself.
alter table instance alter column upstream_key set data type varchar(24576);

-- Which gateways have nothing in flight any more with an instance that is stopping.
create table instance_left (
  instance_id bigint not null references instance (id),
  node_id varchar(36) not null,
  primary key (instance_id, node_id)
);
