-- One vote. `state` moves draft -> announced -> counted -> published; open and closed follow from the clock.
-- `short` is random and stands for the vote in poster codes. `result` is the count's JSON.
CREATE TABLE voting_votes (
    id TEXT PRIMARY KEY NOT NULL,
    draft_key TEXT NOT NULL UNIQUE,
    short BIGINT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    area_name TEXT NOT NULL,
    seats BIGINT NOT NULL CHECK (seats > 0),
    candidates BIGINT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL CHECK (closes_at > opens_at),
    state TEXT NOT NULL CHECK (state IN ('draft', 'announced', 'counted', 'published')),
    heads BIGINT NOT NULL DEFAULT 0,
    area_dm2 BIGINT NOT NULL DEFAULT 0,
    roll_sha256 TEXT,
    result TEXT
);
CREATE INDEX voting_votes_area ON voting_votes (area, id);

CREATE TABLE voting_candidates (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    statement TEXT NOT NULL,
    photo TEXT,
    PRIMARY KEY (vote, number)
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

-- The frozen roll: one row a head. `voted_at` says that a ballot was cast, and nothing says which.
CREATE TABLE voting_roll (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    person TEXT NOT NULL,
    building TEXT NOT NULL,
    area_dm2 BIGINT NOT NULL CHECK (area_dm2 >= 0),
    voted_at BIGINT,
    PRIMARY KEY (vote, person)
);
CREATE INDEX voting_roll_person ON voting_roll (person, vote);

-- The urn: sealed ballots until the count. `id` is a hash of a key that only the voter's browser held;
-- no column leads to a voter or a time. Kept apart from other tables: no foreign key, no sequence.
CREATE TABLE voting_ballots (
    vote TEXT NOT NULL,
    id TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (vote, id)
);

-- The counted ballots, written in the order of their random ids. Bit n-1 of `choices` stands for
-- candidate n; 0 is a blank ballot, NULL an invalid one.
CREATE TABLE voting_counted (
    vote TEXT NOT NULL,
    id TEXT NOT NULL,
    choices BIGINT,
    PRIMARY KEY (vote, id)
);
