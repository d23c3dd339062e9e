-- Whether somebody of each of a ticket's groups has to approve; and in which of them a person was who voted.
alter table approval add column each_of boolean default false not null;
alter table decision add column member_of varchar default '[]' not null;
