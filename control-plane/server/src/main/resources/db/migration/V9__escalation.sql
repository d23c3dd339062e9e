-- A ticket that nobody decided in time asks further groups, once; a decision may have been made past a ticket's rules.
alter table approval add column escalated_at timestamp with time zone;
alter table decision add column break_glass boolean default false not null;
