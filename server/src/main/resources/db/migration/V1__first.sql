-- Times are milliseconds since 1970. Digests are lower-case hexadecimal.

create table runs (
    id              text   not null primary key,
    file_name       text   not null,
    spec            text   not null,
    state           text   not null,
    submitted       bigint not null,
    ended           bigint,
    stop_requested  bigint,
    reason          text   not null,
    idempotency_key text   unique
);

-- What a run goes on from; its parameters and slots lie in a file named by their digest.
create table checkpoints (
    run           text   not null primary key references runs (id) on delete cascade,
    round         bigint not null,
    state_sha256  text   not null,
    preprocessing text   not null,
    refused       text   not null
);

create table rounds (
    run    text   not null references runs (id) on delete cascade,
    round  bigint not null,
    record text   not null,
    primary key (run, round)
);

create table events (
    run    text   not null references runs (id) on delete cascade,
    number bigint not null,
    time   bigint not null,
    event  text   not null,
    primary key (run, number)
);

create table nodes (
    name       text   not null primary key,
    public_key text   not null,
    version    text   not null,
    data_sets  text   not null,
    joined     bigint not null,
    last_seen  bigint not null,
    removed    bigint
);

create table tokens (
    secret_sha256 text   not null primary key,
    name          text   not null,
    expires       bigint not null,
    used_by       text
);

-- Tasks of rounds that are under way. A row goes when its round is counted.
create table tasks (
    id     text   not null primary key,
    run    text   not null references runs (id) on delete cascade,
    round  bigint not null,
    node   text   not null,
    kind   text   not null,
    report text
);
