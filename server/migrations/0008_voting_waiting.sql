-- Who of a building is on the roll, for the doorstep list.
CREATE INDEX voting_roll_building ON voting_roll (vote, building, person);
