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

-- Flats, shops, parking places, storerooms. `address` is normalised for search; `area_dm2` is the registered
-- area in 0.01 square metres. `developer` is the organisation that built it, as far as that still matters:
-- what it has not sold, and what it has sold but not handed over (`delivered` 0), counts as one head of the
-- developer's. `since`: from this moment the row holds; 0 for as long as the registry knows.
CREATE TABLE dwellings (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    area_dm2 BIGINT NOT NULL CHECK (area_dm2 > 0),
    kind TEXT NOT NULL DEFAULT 'home' CHECK (kind IN ('home', 'shop', 'parking', 'storage')),
    developer TEXT,
    delivered BIGINT NOT NULL DEFAULT 1 CHECK (delivered IN (0, 1)),
    since BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX dwellings_address ON dwellings (address, id, area_id);

-- Phone and identity number are sealed; the indexes are blind (keyed hashes), good for equality alone.
-- `community` repeats the first four codes of `area_id`. A family may share a phone: who signs in with it
-- is not guessed. An organisation (a developer, a company that owns shops) has no day of birth, and its
-- `id_number` is its unified social credit code. `guardian` acts for a minor. `since` is of `area_id`.
CREATE TABLE persons (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    born TEXT NOT NULL,
    phone TEXT,
    phone_index TEXT,
    id_number TEXT,
    id_index TEXT UNIQUE,
    area_id TEXT NOT NULL,
    community TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'natural' CHECK (kind IN ('natural', 'organisation')),
    guardian TEXT,
    since BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX persons_guardian ON persons (guardian) WHERE guardian IS NOT NULL;
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
    since BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, dwelling_id)
);
CREATE INDEX owners_dwelling ON owners (dwelling_id);
