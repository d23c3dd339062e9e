-- Who admitted a workload (a join token, or an issuer's subject), what binds its credential, and when that ends.
alter table workload add column admitted_by varchar(600) default '-' not null;
alter table workload add column unique_to varchar(300);
alter table workload add column public_key varchar(300);
alter table workload add column expires_at timestamp with time zone;
update workload set admitted_by = 'join-token:' || join_token;
create index workload_by_admission on workload (admitted_by);
create index workload_by_unique on workload (unique_to);
