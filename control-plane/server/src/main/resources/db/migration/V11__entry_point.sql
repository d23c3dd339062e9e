-- Where the thread of a call that waits came into the application.
alter table approval add column entry_point varchar;
