-- Rules of votes by area, dated. The rule nearest to a vote's area, and there the latest that is in force,
-- holds. Rows are added, never changed: they are the history.
CREATE TABLE voting_rules (
    area TEXT NOT NULL,
    name TEXT NOT NULL,
    effective_from BIGINT NOT NULL,
    value TEXT NOT NULL,
    clause TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (area, name, effective_from)
);
