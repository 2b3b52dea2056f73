-- By node: the rows to train on that it told of before the first round; of runs that are older, nothing.
alter table checkpoints add column node_rows text not null default '{}';
