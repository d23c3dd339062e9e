-- The public key that a workload's recordings are signed with, as it was first told.
alter table workload add column recording_key varchar(200);

-- Which statements a workload sends from where. first_*: the event that it was first seen in; fresh: no workload of that name had sent it before.
create table statement_shape (
    workload_id    varchar(32)              not null references workload (id),
    shape_key      varchar(32)              not null,
    target         varchar                  not null,
    site           varchar                  not null,
    shape          varchar                  not null,
    calls          bigint                   not null,
    first_at       timestamp with time zone not null,
    last_at        timestamp with time zone not null,
    first_spool    varchar(200)             not null,
    first_sequence bigint                   not null,
    fresh          boolean                  not null,
    primary key (workload_id, shape_key)
);
create index statement_shape_by_key on statement_shape (shape_key);
create index statement_shape_by_first on statement_shape (first_at);
create index statement_shape_by_event on statement_shape (workload_id, first_spool, first_sequence);
