-- Assertions that were taken, until they have ended by themselves: none is taken twice.
create table saml_assertion (
    id     varchar(300)             not null primary key,
    ends_at timestamp with time zone not null
);
