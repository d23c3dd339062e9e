-- What an event says in words that others say too; filled and searched on PostgreSQL.
alter table event add column text_id bigint;
