-- Who has a join token's secret from the start: whoever made it, or made the API token that it was made with. When they are deleted, it ends.
alter table join_token add column made_by varchar(100);
update join_token set made_by = created_by;
