-- How far each stream to a SIEM has come, and which replica sends it.
create table stream_cursor (
    name       varchar(100)             not null primary key,
    event_id   bigint                   not null,
    holder     varchar(32)              not null,
    held_until timestamp with time zone not null
);
