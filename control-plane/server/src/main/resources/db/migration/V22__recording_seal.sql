-- What proves the rows of recordings to whoever holds the control plane's key: a keyed hash over each row, and over the list of all of them. ordinal:
-- its place in that list. ended: its last number once its process confirmed that all of it is stored, -1 before, -2 when it vanished. Recordings that were stored before
-- this version have no place and no seal.
alter table spool add column ordinal bigint default 0 not null;
alter table spool add column ended bigint default -1 not null;
alter table spool add column seal varchar(64) default '' not null;
create table recording_list (
    id         integer     primary key,
    recordings bigint      not null,
    head       varchar(64) not null,
    seal       varchar(64) not null
);
