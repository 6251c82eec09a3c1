-- Who holds one of a vote's two kinds of opening keys; the server knows the public part alone.
CREATE TABLE voting_keys (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    holder TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('organiser', 'scrutineer')),
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    PRIMARY KEY (vote, holder)
);

-- The urn's private key, wrapped for each pair of an organiser and a scrutineer: one of them alone opens nothing.
CREATE TABLE voting_wraps (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    organiser TEXT NOT NULL,
    scrutineer TEXT NOT NULL,
    wrapped TEXT NOT NULL,
    PRIMARY KEY (vote, organiser, scrutineer)
);

-- What the first of the two gave, sealed, until the second one comes.
CREATE TABLE voting_openings (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    holder TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('organiser', 'scrutineer')),
    share TEXT NOT NULL,
    PRIMARY KEY (vote, holder)
);

-- Signed votes only: which counted ballot is a head's, sealed; shown to its voters and to scrutineers.
CREATE TABLE voting_signed (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    head TEXT NOT NULL,
    counted TEXT NOT NULL,
    PRIMARY KEY (vote, head)
);
