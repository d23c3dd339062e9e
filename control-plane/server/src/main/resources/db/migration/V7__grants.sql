-- Approvals that hold for a while: equal calls, or calls of one shape, of one workload.
alter table approval add column call_print varchar(64) default '-' not null;
alter table approval add column shape_print varchar(64) default '-' not null;
alter table decision add column grant_minutes integer;
alter table decision add column grant_covers varchar(10);
create table approval_grant (
    id          varchar(32)              not null primary key,
    approval_id varchar(100)             not null references approval (id),
    workload_id varchar(32)              not null references workload (id),
    covers      varchar(10)              not null,
    fingerprint varchar(64)              not null,
    unmask      boolean                  not null,
    granted_by  varchar                  not null,
    granted_at  timestamp with time zone not null,
    ends_at     timestamp with time zone not null,
    used        integer                  not null,
    revoked_at  timestamp with time zone,
    revoked_by  varchar(100)
);
create index approval_grant_by_call on approval_grant (workload_id, fingerprint);
