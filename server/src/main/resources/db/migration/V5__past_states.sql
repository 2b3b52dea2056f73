-- States of earlier rounds that open questions are about.
create table past_states (
    run          text   not null references runs (id) on delete cascade,
    round        bigint not null,
    state_sha256 text   not null,
    primary key (run, round)
);
