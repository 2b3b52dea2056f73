-- Tasks whose question closed before their node had answered; the newest of all runs.
create table closed_tasks (
    id     text   not null primary key,
    run    text   not null references runs (id) on delete cascade,
    round  bigint not null,
    phase  text   not null,
    node   text   not null,
    closed bigint not null
);

-- Those of them that were answered after that: the first time.
create table late_reports (
    id          text   not null primary key,
    run         text   not null references runs (id) on delete cascade,
    round       bigint not null,
    phase       text   not null,
    node        text   not null,
    late_millis bigint not null
);

create index late_reports_of_run on late_reports (run);
