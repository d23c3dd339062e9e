-- The sessions of one workload, newest first.
create index call_session_by_workload on call_session (workload_id, id);
