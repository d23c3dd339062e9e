-- Expected workloads of which too few are connected, since when, and whether that has raised its alarm.
create table missing_workload (
    name    varchar(200)             not null primary key,
    since   timestamp with time zone not null,
    alarmed boolean                  not null
);
