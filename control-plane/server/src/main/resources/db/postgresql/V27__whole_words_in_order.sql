-- With the id behind the word, the newest events that say it are read from the index in their order. Without it the planner could take a word to be frequent, which
-- it cannot know of an expression, and walk back through all events instead: minutes, where nobody wrote the word and there are millions.
drop index event_by_ticket;
drop index event_by_trace;
drop index event_by_user;
create index event_by_ticket on event ((substring(body from '"ticket":"([^"]*)"')), id) where body like '%"ticket":"%';
create index event_by_trace on event ((substring(body from '"trace":"([^"]*)"')), id) where body like '%"trace":"%';
create index event_by_user on event ((substring(body from '"user":"([^"]*)"')), id) where body like '%"user":"%';
