-- A price of images may be of one size, such as 1024x1024; '' stands for all that have none of
-- their own.
alter table price add column image_size varchar(20) default '' not null;
alter table price drop constraint price_once;
alter table price add constraint price_once
  unique (subject_kind, subject_name, region_id, unit, image_size, effective_from);

-- The size that an exchange asked for, where it named one.
alter table usage_record add column image_size varchar(20);
