-- The labels of the workloads that a version is on trial at, as JSON; null for a version that is for the whole fleet.
alter table policy_version add column stage varchar;
