-- The area tree down to units; a household's place is the `area_id` of its dwelling. `code` is the
-- official code of 2 to 12 digits where there is one.
CREATE TABLE areas (
    id TEXT PRIMARY KEY NOT NULL,
    parent TEXT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT
);
CREATE INDEX areas_parent ON areas (parent, id);

-- Flats, shops, garages. `address` is normalised for search; `area_dm2` is the registered area in
-- 0.01 square metres.
CREATE TABLE dwellings (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    area_dm2 BIGINT NOT NULL CHECK (area_dm2 > 0)
);
CREATE INDEX dwellings_address ON dwellings (address, id, area_id);

-- Phone and identity number are sealed; the indexes are blind (keyed hashes), good for equality alone.
-- `community` repeats the first four codes of `area_id`. A family may share a phone: who signs in with it
-- is not guessed.
CREATE TABLE persons (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    phone TEXT,
    phone_index TEXT,
    id_number TEXT,
    id_index TEXT UNIQUE,
    area_id TEXT NOT NULL,
    community TEXT NOT NULL
);
CREATE INDEX persons_phone ON persons (phone_index, id);
CREATE INDEX persons_area ON persons (area_id, id);
CREATE INDEX persons_name ON persons (name, id, area_id);
CREATE INDEX persons_community ON persons (community, name, id, area_id);

-- Who lives together, apart from who owns.
CREATE TABLE households (
    id TEXT PRIMARY KEY NOT NULL,
    dwelling_id TEXT NOT NULL REFERENCES dwellings (id)
);
CREATE INDEX households_dwelling ON households (dwelling_id);

CREATE TABLE residents (
    household_id TEXT NOT NULL REFERENCES households (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    PRIMARY KEY (person_id, household_id)
);
CREATE INDEX residents_household ON residents (household_id);

-- Tenure: shares of one dwelling add up to 1.
CREATE TABLE owners (
    dwelling_id TEXT NOT NULL REFERENCES dwellings (id),
    person_id TEXT NOT NULL REFERENCES persons (id),
    share_num BIGINT NOT NULL CHECK (share_num > 0),
    share_den BIGINT NOT NULL CHECK (share_den >= share_num),
    PRIMARY KEY (person_id, dwelling_id)
);
CREATE INDEX owners_dwelling ON owners (dwelling_id);
