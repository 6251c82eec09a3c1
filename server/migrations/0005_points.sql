-- What acts earn, by dated versions: an act is judged by the version in force when it happened.
-- An amount of 0 ends the rule. Amounts are hundredths of a point.
CREATE TABLE points_rules (
    id TEXT PRIMARY KEY NOT NULL,
    room TEXT NOT NULL,
    verb TEXT NOT NULL,
    version BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    daily_cap BIGINT CHECK (daily_cap > 0),
    effective_from BIGINT NOT NULL,
    UNIQUE (room, verb, version),
    UNIQUE (room, verb, effective_from)
);

-- A resident's running balance. Pools have none: everybody draws on them, and a row that everybody
-- updates would put all writers in one line. Their balance is the sum of their postings.
CREATE TABLE points_balances (
    person TEXT PRIMARY KEY NOT NULL,
    balance BIGINT NOT NULL CHECK (balance >= 0)
);

-- Movements, append-only; a mistake is reversed by a movement the other way, never deleted.
CREATE TABLE points_transfers (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    from_account TEXT NOT NULL,
    to_account TEXT NOT NULL CHECK (to_account <> from_account),
    amount BIGINT NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    event TEXT,
    rule TEXT REFERENCES points_rules (id),
    reverses TEXT UNIQUE REFERENCES points_transfers (id),
    UNIQUE (event, rule)
);
CREATE INDEX points_transfers_rule_day ON points_transfers (to_account, rule, at);

-- Both sides of each movement: the postings of one movement, and so of all, sum to zero.
CREATE TABLE points_postings (
    account TEXT NOT NULL,
    transfer TEXT NOT NULL REFERENCES points_transfers (id),
    at BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (account, transfer)
);
CREATE INDEX points_postings_at ON points_postings (account, at);

-- Taking part in a vote earns 5.00 points from 2026-01-01 (UTC+8) on, whatever the choice.
INSERT INTO points_rules (id, room, verb, version, amount, daily_cap, effective_from)
VALUES ('voting.cast.1', 'voting', 'cast', 1, 500, NULL, 1767196800000);
