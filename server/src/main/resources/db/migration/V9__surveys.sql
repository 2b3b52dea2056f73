-- A survey is a run to tasks and events, but in no list of runs: its kind is 'survey'.
alter table runs add column kind text not null default 'run';

-- What is published of surveys that are over, in JSON.
create table outcomes (
    run     text not null primary key references runs (id) on delete cascade,
    outcome text not null
);
