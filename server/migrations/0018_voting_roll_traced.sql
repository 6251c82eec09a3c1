-- The head that an objection is about; empty where none of the roll was named.
ALTER TABLE voting_objections ADD COLUMN head TEXT NOT NULL DEFAULT '';
-- One open objection a person, ground and head.
DROP INDEX voting_objections_open;
CREATE UNIQUE INDEX voting_objections_open ON voting_objections (vote, person, ground, head) WHERE state = 'open';

-- Which head of owners counts a dwelling, and with how much area: no dwelling counts twice.
CREATE TABLE voting_dwellings (
    vote TEXT NOT NULL,
    dwelling TEXT NOT NULL,
    head TEXT NOT NULL,
    area_dm2 BIGINT NOT NULL CHECK (area_dm2 >= 0),
    PRIMARY KEY (vote, dwelling),
    FOREIGN KEY (vote, head) REFERENCES voting_roll (vote, head)
);
CREATE INDEX voting_dwellings_head ON voting_dwellings (vote, head);

-- What granted objections changed in a frozen roll: a row for each head that one of them touched, with its building,
-- area and persons before and after (persons as JSON: who, whether they act for it, whether they cast its ballot; NULL where it
-- was not or is not on the roll), and why. With it the roll as it was frozen can be had again.
CREATE TABLE voting_roll_traced (
    objection TEXT NOT NULL REFERENCES voting_objections (id),
    vote TEXT NOT NULL REFERENCES voting_votes (id),
    head TEXT NOT NULL,
    building_before TEXT,
    building_after TEXT,
    area_before BIGINT,
    area_after BIGINT,
    persons_before TEXT,
    persons_after TEXT,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (objection, head)
);
INSERT INTO voting_roll_traced (objection, vote, head, area_before, area_after, reason, at)
    SELECT c.objection, c.vote, c.head, c.area_before, c.area_after, COALESCE(o.reason, ''), c.at
    FROM voting_roll_changes c JOIN voting_objections o ON o.id = c.objection;
DROP TABLE voting_roll_changes;
ALTER TABLE voting_roll_traced RENAME TO voting_roll_changes;
CREATE INDEX voting_roll_changes_vote ON voting_roll_changes (vote, at, objection);
