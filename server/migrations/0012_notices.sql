-- One notice. `state` moves draft -> scheduled -> sending -> sent, and to withdrawn from there; `version`
-- grows by one with each correction. `buildings` and `channels` are JSON lists. `title` is the newest
-- version's; `recipients` is set once its audience is frozen.
CREATE TABLE notices (
    id TEXT PRIMARY KEY NOT NULL,
    draft_key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    area TEXT NOT NULL,
    area_name TEXT NOT NULL,
    buildings TEXT NOT NULL,
    audience TEXT NOT NULL,
    tag TEXT,
    channels TEXT NOT NULL,
    public BIGINT NOT NULL CHECK (public IN (0, 1)),
    urgent BIGINT NOT NULL CHECK (urgent IN (0, 1)),
    replies BIGINT NOT NULL CHECK (replies IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'sending', 'sent', 'withdrawn')),
    version BIGINT NOT NULL DEFAULT 1 CHECK (version > 0),
    -- When it goes out, went out, or was corrected last; none for a draft.
    at BIGINT,
    recipients BIGINT,
    reason TEXT
);
CREATE INDEX notices_area ON notices (area, id);
CREATE INDEX notices_public ON notices (at, id) WHERE public = 1;

CREATE TABLE notices_versions (
    notice TEXT NOT NULL REFERENCES notices (id),
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    change TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (notice, version)
);

-- The frozen audience: one row a person and channel, and no second one ever. `key` is what gateways tell
-- a message sent again by; `due_at` is when a queued one may be handed over (again).
CREATE TABLE notices_deliveries (
    notice TEXT NOT NULL REFERENCES notices (id),
    version BIGINT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('app', 'sms', 'wechat')),
    person TEXT NOT NULL,
    building TEXT NOT NULL,
    at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'delivered', 'read', 'failed', 'skipped')),
    why TEXT,
    key TEXT NOT NULL UNIQUE,
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (notice, version, channel, person)
);
CREATE INDEX notices_deliveries_status ON notices_deliveries (notice, version, channel, status, person);
CREATE INDEX notices_deliveries_due ON notices_deliveries (notice, version, channel, due_at) WHERE status = 'queued';
CREATE INDEX notices_deliveries_unread ON notices_deliveries (notice, version, building, person)
    WHERE channel = 'app' AND status <> 'read';
CREATE INDEX notices_deliveries_person ON notices_deliveries (person, at, notice) WHERE channel = 'app';

CREATE TABLE notices_replies (
    notice TEXT NOT NULL REFERENCES notices (id),
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (notice, person)
);
CREATE INDEX notices_replies_at ON notices_replies (notice, at, person);

-- Who does not want to hear of what is not urgent, and where; without a row, everywhere.
CREATE TABLE notices_preferences (
    person TEXT PRIMARY KEY NOT NULL,
    sms BIGINT NOT NULL CHECK (sms IN (0, 1)),
    wechat BIGINT NOT NULL CHECK (wechat IN (0, 1))
);
CREATE INDEX notices_preferences_no_sms ON notices_preferences (person) WHERE sms = 0;
CREATE INDEX notices_preferences_no_wechat ON notices_preferences (person) WHERE wechat = 0;
