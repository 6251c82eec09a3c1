-- Lists on their way into the registry. `attempt` tells a check that was taken over by another worker that it
-- is no longer the one. Entering goes on after (`at_sheet`, `at_place`). `counts` is JSON. `moment`: from when
-- the entered rows hold, the same for all of them.
CREATE TABLE people_imports (
    id TEXT PRIMARY KEY NOT NULL,
    send_key TEXT NOT NULL UNIQUE,
    area TEXT NOT NULL,
    actor TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'applying', 'done', 'unreadable', 'dropped')),
    attempt BIGINT NOT NULL DEFAULT 0,
    rows_done BIGINT NOT NULL DEFAULT 0,
    rows_all BIGINT NOT NULL DEFAULT 0,
    counts TEXT NOT NULL,
    partial BIGINT NOT NULL DEFAULT 0 CHECK (partial IN (0, 1)),
    moment BIGINT NOT NULL DEFAULT 0,
    at_sheet BIGINT NOT NULL DEFAULT 0,
    at_place TEXT NOT NULL DEFAULT ''
);
CREATE INDEX people_imports_area ON people_imports (area, id);

-- The file as it came, in sealed parts; gone once it was read.
CREATE TABLE people_import_parts (
    import TEXT NOT NULL,
    part BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (import, part)
);

-- Rows that can be entered, sealed; gone once they were. `place` keeps rows of one dwelling together.
CREATE TABLE people_import_rows (
    import TEXT NOT NULL,
    sheet BIGINT NOT NULL,
    place TEXT NOT NULL,
    line BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (import, sheet, place, line)
);

-- Why rows cannot be entered: where and what, never the value. `sheet` -1 is the file as a whole.
CREATE TABLE people_import_faults (
    import TEXT NOT NULL,
    sheet BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field TEXT NOT NULL,
    issue TEXT NOT NULL,
    number BIGINT,
    other_line BIGINT,
    PRIMARY KEY (import, sheet, line, field)
);
