-- The last ends of its ledger that each node has told. Of the furthest it is reminded when it starts; another hash for a
-- number that it told before shows that two copies of it run.
create table ledger_ends (
    node     text   not null references nodes (name) on delete cascade,
    sequence bigint not null,
    hash     text   not null,
    primary key (node, sequence)
);
insert into ledger_ends (node, sequence, hash) select node, sequence, hash from ledgers;
drop table ledgers;
