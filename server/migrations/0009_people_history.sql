-- What the registry said before: a row moves here when it changes or ends. It held from `since` up to, not
-- including, `until`; the tables of today hold what has held since their own `since`. As of a moment, what
-- stood is the rows of today that began by then and the rows here that had begun and not ended.
CREATE TABLE dwellings_past (
    id TEXT NOT NULL,
    area_id TEXT NOT NULL,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    area_dm2 BIGINT NOT NULL,
    kind TEXT NOT NULL,
    developer TEXT,
    delivered BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until > since),
    PRIMARY KEY (area_id, id, since)
);

CREATE TABLE owners_past (
    dwelling_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    share_num BIGINT NOT NULL,
    share_den BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until > since),
    PRIMARY KEY (dwelling_id, person_id, since)
);
CREATE INDEX owners_past_person ON owners_past (person_id, dwelling_id);

-- Names and homes.
CREATE TABLE persons_past (
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    area_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL CHECK (until > since),
    PRIMARY KEY (person_id, since)
);

-- Two entries that were one person: `lost` leads to `kept`. The lost entry stays in `persons` for its history,
-- without place, phone and identity number, so that no list and no search finds it. Nothing leads to an entry that
-- was lost itself.
CREATE TABLE people_merged (
    lost TEXT PRIMARY KEY NOT NULL,
    kept TEXT NOT NULL CHECK (kept <> lost),
    merged_at BIGINT NOT NULL,
    merged_by TEXT NOT NULL
);
CREATE INDEX people_merged_kept ON people_merged (kept);
