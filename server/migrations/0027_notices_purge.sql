-- Who was told what is kept as long as the dated rule says; then its rows go and its counts stay. `purge` is NULL while the
-- rows are whole, 'begun' while they go, 'done' once none is left.
ALTER TABLE notices ADD COLUMN purge TEXT CHECK (purge IN ('begun', 'done'));
CREATE INDEX notices_purge_due ON notices (at, id)
    WHERE purge IS NULL AND state IN ('sent', 'withdrawn') AND recipients > 0;
CREATE INDEX notices_purge_begun ON notices (id) WHERE purge = 'begun';

-- How many messages of a purged notice's version stood where.
CREATE TABLE notices_totals (
    notice TEXT NOT NULL REFERENCES notices (id),
    version BIGINT NOT NULL,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    people BIGINT NOT NULL CHECK (people > 0),
    PRIMARY KEY (notice, version, channel, status)
);
