-- One vote. `state` moves draft -> announced -> counted -> published; open and closed follow from the clock.
-- `short` is random and stands for the vote in poster codes. `items` counts the paper's items. Announcing
-- sets `announced_at`, the urn's `public_key` and the `rules` in force (JSON); the count sets `counted_at`
-- and `result` (JSON).
CREATE TABLE voting_votes (
    id TEXT PRIMARY KEY NOT NULL,
    draft_key TEXT NOT NULL UNIQUE,
    short BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('election', 'resolution', 'poll')),
    secrecy TEXT NOT NULL CHECK (secrecy IN ('private', 'signed')),
    unit TEXT NOT NULL CHECK (unit IN ('owners', 'persons', 'households')),
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    area_name TEXT NOT NULL,
    items BIGINT NOT NULL DEFAULT 0,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL CHECK (closes_at > opens_at),
    state TEXT NOT NULL CHECK (state IN ('draft', 'announced', 'counted', 'published')),
    heads BIGINT NOT NULL DEFAULT 0,
    area_dm2 BIGINT NOT NULL DEFAULT 0,
    roll_sha256 TEXT,
    announced_at BIGINT,
    public_key TEXT,
    rules TEXT,
    counted_at BIGINT,
    result TEXT
);
CREATE INDEX voting_votes_area ON voting_votes (area, id);

-- The paper. Rows go in and out while the vote is a draft, and never after.
CREATE TABLE voting_items (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    number BIGINT NOT NULL CHECK (number > 0),
    kind TEXT NOT NULL CHECK (kind IN ('choose', 'decide')),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    most BIGINT NOT NULL CHECK (most > 0),
    majority TEXT NOT NULL CHECK (majority IN ('ordinary', 'special')),
    clause TEXT NOT NULL,
    PRIMARY KEY (vote, number)
);

-- What can be chosen: candidates, answers, or for, against and abstain.
CREATE TABLE voting_options (
    vote TEXT NOT NULL,
    item BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    name TEXT NOT NULL,
    statement TEXT NOT NULL,
    photo TEXT,
    PRIMARY KEY (vote, item, number),
    FOREIGN KEY (vote, item) REFERENCES voting_items (vote, number)
);

-- The buildings of the frozen roll, named as they were then; posters carry their number.
CREATE TABLE voting_buildings (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    number BIGINT NOT NULL,
    building TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (vote, number),
    UNIQUE (vote, building)
);

-- The frozen roll: one row a head. `place` is the address of its first dwelling, `names` its owners' masked
-- names, as published for objection. `voted_at` says that a ballot was cast, and nothing says which.
CREATE TABLE voting_roll (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    head TEXT NOT NULL,
    building TEXT NOT NULL,
    place TEXT NOT NULL,
    names TEXT NOT NULL,
    dwellings BIGINT NOT NULL,
    area_dm2 BIGINT NOT NULL CHECK (area_dm2 >= 0),
    delivered TEXT,
    voted_at BIGINT,
    PRIMARY KEY (vote, head)
);
CREATE INDEX voting_roll_place ON voting_roll (vote, building, place, head);

-- The persons of each head. Those who act for it (not minors, not organisations) choose who casts its ballot:
-- `names` is whom each has named, and once all agree, that one gets `may_vote`.
CREATE TABLE voting_members (
    vote TEXT NOT NULL,
    head TEXT NOT NULL,
    person TEXT NOT NULL,
    acts BIGINT NOT NULL CHECK (acts IN (0, 1)),
    names TEXT,
    may_vote BIGINT NOT NULL CHECK (may_vote IN (0, 1)),
    PRIMARY KEY (vote, head, person),
    FOREIGN KEY (vote, head) REFERENCES voting_roll (vote, head)
);
CREATE INDEX voting_members_person ON voting_members (person, vote, head);

-- The urn: sealed ballots. `id` and `mark` are hashes of a key that only the voter's browser held; no column
-- leads to a voter or a time, save for `head` where the vote is signed. Kept apart from other tables: no
-- foreign key, no sequence.
CREATE TABLE voting_ballots (
    vote TEXT NOT NULL,
    id TEXT NOT NULL,
    envelope TEXT NOT NULL,
    mark TEXT NOT NULL,
    head TEXT,
    PRIMARY KEY (vote, id)
);

-- The counted ballots, written in the order of their ids, which are other than those in the urn. `marks` has
-- 16 hexadecimal digits an item: bit n-1 stands for option n, 0 is a blank item; NULL is an invalid ballot.
CREATE TABLE voting_counted (
    vote TEXT NOT NULL,
    id TEXT NOT NULL,
    marks TEXT,
    PRIMARY KEY (vote, id)
);
