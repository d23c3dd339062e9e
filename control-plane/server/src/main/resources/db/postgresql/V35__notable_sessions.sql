-- Sessions in which something happened are few among many, and found without reading the others.
create index call_session_refused on call_session (id) where refused > 0;
create index call_session_held on call_session (id) where held > 0;
create index call_session_masked on call_session (id) where masked > 0;
create index call_session_errors on call_session (id) where errors > 0;
