/// What the web application adds: users and their sessions, tokens, the audit log, settings and webhooks.
///
/// Released migrations are never edited; a change is a new migration.
enum WebSchema {
    static let sql = """
        -- People who log in. A password is a scrypt hash with its parameters; NULL until its owner has set one.
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE,
            display_name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('agent', 'manager', 'administrator')),
            password TEXT,
            is_limited INTEGER NOT NULL DEFAULT 0,
            time_zone TEXT,
            station TEXT,
            created_at INTEGER NOT NULL,
            disabled_at INTEGER,
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT;

        -- The campaigns that a limited manager may see and change.
        CREATE TABLE user_campaigns (
            user_id INTEGER NOT NULL REFERENCES users (id),
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            PRIMARY KEY (user_id, campaign_id)
        ) STRICT, WITHOUT ROWID;

        -- Who is logged in. The cookie itself is nowhere in the database, only its SHA-256.
        CREATE TABLE sessions (
            token_hash BLOB PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            csrf_token TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            address TEXT NOT NULL,
            station TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX sessions_user ON sessions (user_id);

        -- Links that let somebody set a password once. user_id is NULL for the first administrator.
        CREATE TABLE one_time_links (
            token_hash BLOB PRIMARY KEY,
            purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'password')),
            user_id INTEGER REFERENCES users (id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            used_at INTEGER,
            CHECK ((purpose = 'setup') = (user_id IS NULL))
        ) STRICT, WITHOUT ROWID;

        -- Keys of other programs, each with what it may do, never more than its user may.
        CREATE TABLE api_tokens (
            id INTEGER PRIMARY KEY,
            token_hash BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users (id),
            scopes TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER,
            revoked_at INTEGER
        ) STRICT;

        CREATE INDEX api_tokens_user ON api_tokens (user_id);

        -- Who did what; names of users, ids and numbers, never the fields of a contact. Appended to and never changed.
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            user TEXT,
            address TEXT NOT NULL,
            act TEXT NOT NULL,
            subject TEXT,
            detail TEXT
        ) STRICT;

        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

        CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
        WHEN NEW.id <> -1 AND NEW.id <= coalesce((SELECT max(id) FROM audit), 0)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

        CREATE TABLE settings (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Addresses that are told of a campaign's events. The secret is sealed with DB.key. seen_seq: the newest event of the
        -- journal that was looked at for it.
        CREATE TABLE webhooks (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            url TEXT NOT NULL,
            secret TEXT NOT NULL,
            events TEXT NOT NULL,
            is_active INTEGER NOT NULL DEFAULT 1,
            seen_seq INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            removed_at INTEGER
        ) STRICT;

        -- What a webhook was told and what it answered; of each webhook the oldest that waits comes first.
        CREATE TABLE webhook_deliveries (
            webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
            seq INTEGER NOT NULL REFERENCES journal (seq),
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given_up')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_at INTEGER NOT NULL,
            last_at INTEGER,
            answered_code INTEGER,
            error TEXT,
            PRIMARY KEY (webhook_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, seq) WHERE state = 'waiting';
        """
}
