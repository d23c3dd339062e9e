-- A hash chain over what is stored of each recording. head: behind the last event; anchor: behind the last one whose retention is over. What was stored
-- before this version is in no chain.
alter table spool add column head varchar(64) default '0000000000000000000000000000000000000000000000000000000000000000' not null;
alter table spool add column anchor varchar(64) default '0000000000000000000000000000000000000000000000000000000000000000' not null;
alter table spool add column anchored bigint default 0 not null;
update spool set anchored = acknowledged;
alter table event add column chain varchar(64);
create index event_by_received on event (received_at);
