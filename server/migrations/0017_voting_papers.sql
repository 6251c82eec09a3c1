-- How a head's ballot reached the urn, set with `voted_at` by the one statement that marks it: online and paper can never both count.
ALTER TABLE voting_roll ADD COLUMN channel TEXT CHECK (channel IN ('online', 'paper'));

-- Ballots printed for a head, with no choice on them. `number` stands in the paper's code.
CREATE TABLE voting_papers (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    number BIGINT NOT NULL CHECK (number > 0),
    head TEXT NOT NULL,
    building TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('issued', 'delivered', 'entered', 'differs', 'counted', 'clash')),
    issued_at BIGINT NOT NULL,
    delivered_at BIGINT,
    delivered_by TEXT,
    proof TEXT,
    scan TEXT,
    PRIMARY KEY (vote, number),
    UNIQUE (vote, head)
);
CREATE INDEX voting_papers_state ON voting_papers (vote, state, number);
CREATE INDEX voting_papers_building ON voting_papers (vote, building, number);

-- What workers read off a paper: sealed until the paper is settled, then gone. No worker enters a paper twice.
CREATE TABLE voting_paper_entries (
    vote TEXT NOT NULL,
    number BIGINT NOT NULL,
    turn BIGINT NOT NULL CHECK (turn BETWEEN 1 AND 3),
    worker TEXT NOT NULL,
    marks TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (vote, number, turn),
    UNIQUE (vote, number, worker),
    FOREIGN KEY (vote, number) REFERENCES voting_papers (vote, number)
);

-- Reminders to who has not voted; `number` counts them in a vote, so that there are never more than the rules allow.
CREATE TABLE voting_reminders (
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    number BIGINT NOT NULL CHECK (number > 0),
    sent_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (vote, number)
);
