-- Who may do what, beside the owner of the data directory; known by the SHA-256 of a secret.
create table access (
    name          text   not null primary key,
    secret_sha256 text   not null unique,
    role          text   not null,
    created       bigint not null,
    expires       bigint not null,
    revoked       bigint
);
