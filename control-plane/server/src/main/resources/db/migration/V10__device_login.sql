-- Logins of tools: a code that is shown on a terminal and confirmed by a person in a browser (RFC 8628), and the token that comes of it.
create table device_login (
    device_hash varchar(64)              not null primary key,
    code        varchar(20)              not null unique,
    asked_from  varchar(100)             not null,
    created_at  timestamp with time zone not null,
    person      varchar(100),
    member_of   varchar                  not null
);
alter table join_token add column personal boolean default false not null;
