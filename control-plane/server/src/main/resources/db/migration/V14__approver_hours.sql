-- When approvers may decide a ticket: one entry for each rule that says so.
alter table approval add column hours varchar default '[]' not null;
