-- The round whose state is kept as the best beside the last one; of runs that are older, none.
alter table checkpoints add column best_round bigint not null default 0;
alter table checkpoints add column best_sha256 text;
