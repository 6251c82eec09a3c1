-- What residents say is wrong in their record. `sealed` is the value asked for; `place` the dwelling's place
-- where an address is meant. One of a kind waits at a time.
CREATE TABLE people_corrections (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES persons (id),
    field TEXT NOT NULL CHECK (field IN ('name', 'phone', 'id_number', 'address')),
    sealed TEXT NOT NULL,
    place TEXT,
    community TEXT NOT NULL,
    area TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'refused', 'withdrawn')),
    decided_at BIGINT,
    decided_by TEXT,
    reason TEXT
);
CREATE UNIQUE INDEX people_corrections_waiting ON people_corrections (person, field) WHERE state = 'pending';
CREATE INDEX people_corrections_person ON people_corrections (person, id);
CREATE INDEX people_corrections_state ON people_corrections (state, community, id);

-- How an account came to its person when not by the phone that the registry has: such a tie outlasts signing
-- in with another phone.
ALTER TABLE accounts ADD COLUMN tied_by TEXT CHECK (tied_by IN ('real_name', 'desk'));
