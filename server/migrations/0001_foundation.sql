-- What happened, append-only. `block` is set once, by the sealer; everything else never changes.
CREATE TABLE events (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    room TEXT NOT NULL,
    verb TEXT NOT NULL,
    area TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    block BIGINT
);
CREATE INDEX events_unsealed ON events (id) WHERE block IS NULL;
CREATE INDEX events_block ON events (block, id);
CREATE INDEX events_subject ON events (subject, id);

-- Sealed blocks: each carries the hash of the one before it and the Merkle root of its events.
CREATE TABLE event_blocks (
    height BIGINT PRIMARY KEY NOT NULL,
    previous TEXT NOT NULL,
    root TEXT NOT NULL,
    events BIGINT NOT NULL CHECK (events > 0),
    sealed_at BIGINT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);

-- Who does a thing that only one server may do at a time, and until when.
CREATE TABLE leases (
    name TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);

-- How far a follower of the sealed log has read.
CREATE TABLE cursors (
    follower TEXT PRIMARY KEY NOT NULL,
    height BIGINT NOT NULL
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT UNIQUE,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_by TEXT,
    lease_until BIGINT,
    dead_at BIGINT,
    done_at BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX jobs_dead ON jobs (dead_at, id) WHERE dead_at IS NOT NULL;

CREATE TABLE files (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    owner TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
