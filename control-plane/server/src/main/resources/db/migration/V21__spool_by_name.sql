-- A recording that a process uploads again after it enrolled anew is found by its name.
create index spool_by_name on spool (spool);
