-- The list of all recordings has its row from the beginning, so that two processes that enter the first ones need not agree on who makes it.
insert into recording_list (id, recordings, head, seal)
select 1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '' where not exists (select 1 from recording_list);
