-- Who may cast whose ballot. `slot` counts an agent's mandates in a vote from 1; the two partial indexes decide, under any
-- number of tries at once, that a head has one agent and an agent no more mandates than the rules allow.
CREATE TABLE voting_mandates (
    id TEXT PRIMARY KEY NOT NULL,
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    head TEXT NOT NULL,
    owner TEXT NOT NULL,
    agent TEXT NOT NULL,
    slot BIGINT NOT NULL CHECK (slot > 0),
    state TEXT NOT NULL CHECK (state IN ('active', 'used', 'revoked', 'ended')),
    photo TEXT NOT NULL,
    desk TEXT,
    at BIGINT NOT NULL,
    ended_at BIGINT,
    form_key TEXT NOT NULL UNIQUE,
    CHECK (owner <> agent)
);
CREATE UNIQUE INDEX voting_mandates_head ON voting_mandates (vote, head) WHERE state IN ('active', 'used');
CREATE UNIQUE INDEX voting_mandates_agent ON voting_mandates (vote, agent, slot) WHERE state IN ('active', 'used');
CREATE INDEX voting_mandates_vote ON voting_mandates (vote, id);
CREATE INDEX voting_mandates_given ON voting_mandates (owner, vote, id);
CREATE INDEX voting_mandates_held ON voting_mandates (agent, vote, id);
