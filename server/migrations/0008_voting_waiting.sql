-- Who of a building has not voted, for the doorstep list.
CREATE INDEX voting_roll_waiting ON voting_roll (vote, building, head, voted_at);
