/// What the log-in adds: second factors with their recovery codes, log-ins that wait for one, and ends of tokens that had none.
///
/// Released migrations are never edited; a change is a new migration.
enum LoginSchema {
    static let sql = """
        -- A second factor beside the password. secret: what its codes are made of, sealed with DB.key; NULL until its owner has
        -- typed a code of it. pending: one that is being set up. last_step: the step of 30 s of the last code, since a code is
        -- taken once.
        CREATE TABLE second_factors (
            user_id INTEGER PRIMARY KEY REFERENCES users (id),
            secret TEXT,
            confirmed_at INTEGER,
            last_step INTEGER NOT NULL DEFAULT 0,
            pending TEXT,
            CHECK ((secret IS NULL) = (confirmed_at IS NULL))
        ) STRICT;

        -- Codes for whoever lost the second factor, each once; only their SHA-256.
        CREATE TABLE recovery_codes (
            user_id INTEGER NOT NULL REFERENCES users (id),
            code_hash BLOB NOT NULL,
            used_at INTEGER,
            PRIMARY KEY (user_id, code_hash)
        ) STRICT, WITHOUT ROWID;

        -- Log-ins whose password was right and whose second factor is still to come, or to be set up: they open nothing yet.
        CREATE TABLE login_steps (
            token_hash BLOB PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX login_steps_user ON login_steps (user_id);

        -- Tokens of former versions may have no end. The server gives them one and warns of it: is_end_imposed.
        ALTER TABLE api_tokens ADD COLUMN is_end_imposed INTEGER NOT NULL DEFAULT 0;
        """
}
