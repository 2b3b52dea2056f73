-- Tasks of questions that are under way, with the reports on them. A row goes with the commit that counts it.
drop table tasks;

create table tasks (
    id       text   not null primary key,
    run      text   not null references runs (id) on delete cascade,
    round    bigint not null,
    phase    text   not null,
    attempt  bigint not null,
    node     text   not null,
    report   blob,
    unique (run, round, phase, node)
);
