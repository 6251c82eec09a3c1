-- Who signs in. The phone is sealed and found by its blind index. A person of the registry belongs to
-- one account at most: whoever signs in with the phone that the registry has for them.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    phone_index TEXT NOT NULL UNIQUE,
    phone_sealed TEXT NOT NULL,
    person TEXT UNIQUE,
    -- The second factor: its secret (sealed), whether a first code confirmed it, the last step used.
    totp_sealed TEXT,
    totp_confirmed BIGINT NOT NULL DEFAULT 0 CHECK (totp_confirmed IN (0, 1)),
    totp_step BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE account_settings (
    account TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id),
    locale TEXT NOT NULL,
    elder BIGINT NOT NULL CHECK (elder IN (0, 1)),
    theme TEXT NOT NULL
);

-- The newest one-time code of a phone; its digits only as a keyed hash.
CREATE TABLE login_codes (
    phone_index TEXT PRIMARY KEY NOT NULL,
    code_hash TEXT NOT NULL,
    asked_from TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    used_at BIGINT
);

-- Attempts counted in windows, over all servers.
CREATE TABLE rate_limits (
    bucket TEXT PRIMARY KEY NOT NULL,
    since BIGINT NOT NULL,
    hits BIGINT NOT NULL
);
CREATE INDEX rate_limits_since ON rate_limits (since);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (id),
    second_factor BIGINT NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1)),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_seen ON sessions (seen_at);

-- Roles on areas. Residence is not here: it follows from the registry.
CREATE TABLE grants (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    area TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    UNIQUE (account, role, area)
);
CREATE INDEX grants_area ON grants (area, id);
