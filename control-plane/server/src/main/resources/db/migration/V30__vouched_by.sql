-- Who holds an API token's secret from the start: whoever made it, or made the token that it was made with. They and the token are one person where
-- distinct persons are counted.
alter table api_token add column made_by varchar(100);
update api_token set made_by = case when created_by = 'first start' then name else created_by end;
alter table decision add column vouched_by varchar(100);
