-- Every act of a person or a node, in order; each entry's hash covers the one before it.
create table audit (
    number  bigint not null primary key,
    time    bigint not null,
    actor   text   not null,
    act     text   not null,
    subject text   not null,
    detail  text   not null,
    hash    text   not null
);
