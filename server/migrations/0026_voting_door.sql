-- A head's place as a key to put doors in the order of a staircase; `place` is what is shown.
ALTER TABLE voting_roll ADD COLUMN door TEXT NOT NULL DEFAULT '';
UPDATE voting_roll SET door = place;
DROP INDEX voting_roll_place;
CREATE INDEX voting_roll_door ON voting_roll (vote, building, door, head);
