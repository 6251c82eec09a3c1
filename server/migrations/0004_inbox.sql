-- The number of the last message in each inbox: numbers follow the order of commits, so that a listener
-- who names the last one it saw has missed none before it.
CREATE TABLE inboxes (
    person TEXT PRIMARY KEY NOT NULL,
    last BIGINT NOT NULL
);

CREATE TABLE notes (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    params TEXT NOT NULL,
    link TEXT NOT NULL,
    -- What makes the message this one: it is never sent to the same person twice.
    unique_key TEXT NOT NULL,
    read_at BIGINT,
    UNIQUE (person, number),
    UNIQUE (person, unique_key)
);
CREATE INDEX notes_unread ON notes (person) WHERE read_at IS NULL;
