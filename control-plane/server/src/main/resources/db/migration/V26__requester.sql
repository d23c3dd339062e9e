-- For whom a call that waits is made, and why, as far as the workload knows.
alter table approval add column end_user varchar;
alter table approval add column parameters varchar;
alter table approval add column requested_because varchar;
