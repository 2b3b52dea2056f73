-- How far each node has told its ledger to go: the furthest, which the node is reminded of when it starts.
create table ledgers (
    node     text   not null primary key references nodes (name) on delete cascade,
    sequence bigint not null,
    hash     text   not null
);
