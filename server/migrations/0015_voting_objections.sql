-- Objections to a roll and appeals against a result. Decided once: `state` leaves 'open' with a reason, or is withdrawn.
CREATE TABLE voting_objections (
    id TEXT PRIMARY KEY NOT NULL,
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    stage TEXT NOT NULL CHECK (stage IN ('roll', 'result')),
    ground TEXT NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    photo TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused', 'withdrawn')),
    reason TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    at BIGINT NOT NULL,
    form_key TEXT NOT NULL UNIQUE,
    CHECK ((state IN ('granted', 'refused')) = (reason IS NOT NULL))
);
-- One open objection a person and ground.
CREATE UNIQUE INDEX voting_objections_open ON voting_objections (vote, person, ground) WHERE state = 'open';
CREATE INDEX voting_objections_vote ON voting_objections (vote, id);
CREATE INDEX voting_objections_person ON voting_objections (person, vote, id);

-- What granted objections changed in a frozen roll, in their order: with it the roll as it was frozen can be had again.
CREATE TABLE voting_roll_changes (
    objection TEXT PRIMARY KEY NOT NULL REFERENCES voting_objections (id),
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    head TEXT NOT NULL,
    area_before BIGINT,
    area_after BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX voting_roll_changes_vote ON voting_roll_changes (vote, at, objection);
