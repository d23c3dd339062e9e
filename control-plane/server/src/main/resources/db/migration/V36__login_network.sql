-- By what those who ask for logins of tools are counted: a network of IPv6 is one of them.
alter table device_login add column network varchar(100) default '' not null;
