-- Which news of a ticket has been sent out, so that one replica sends it.
create table notified (
    approval_id varchar(100) not null references approval (id),
    news        varchar(20)  not null,
    primary key (approval_id, news)
);
