-- What nodes answered after the last round; of runs that are older, nothing.
alter table checkpoints add column closing text not null default '{}';
