-- People who sign in through an identity provider have no password; the provider's subject says who they are, whatever they are called.
alter table person alter column password drop not null;
alter table person add column source varchar(200) default 'local' not null;
alter table person add column subject varchar(300);
alter table person add constraint person_subject unique (source, subject);
