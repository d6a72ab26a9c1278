-- Offhook's database: SQLite, WAL, STRICT tables, foreign keys on.
-- This is the whole schema as it stands after all migrations; a test holds it equal to what the program creates.
-- Numbers are INTEGERs of E.164 digits, times INTEGER milliseconds since 1970 UTC.

-- What has an IP address: a GXP phone, or a DP base. A passcode is a reference, or sealed with DB.key.
CREATE TABLE devices (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL CHECK (family IN ('gxp', 'dp')),
    address TEXT NOT NULL,
    passcode_kind TEXT NOT NULL CHECK (passcode_kind IN ('env', 'file', 'sealed')),
    passcode TEXT NOT NULL,
    dial_with TEXT NOT NULL CHECK (dial_with IN ('send_key', 'make_call')),
    account INTEGER NOT NULL,
    trunk TEXT,
    settings TEXT NOT NULL,
    removed_at INTEGER
) STRICT;

-- The place an agent's calls happen: a GXP phone, or one handset of a base.
CREATE TABLE stations (
    id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES devices (id),
    name TEXT NOT NULL UNIQUE,
    handset INTEGER,
    paused_reason TEXT,
    paused_at INTEGER,
    locked_out_at INTEGER,
    agent TEXT,
    offer_contact_id INTEGER,
    offer_until INTEGER,
    removed_at INTEGER,
    -- The attempt that the station's agent was told of last; empty where they were told of none since they signed in.
    seen_attempt INTEGER
) STRICT;

-- What agents ask of the engine that runs: to dial the shown contact, to call a number, to say what came of a call.
CREATE TABLE agent_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    station TEXT NOT NULL,
    request TEXT NOT NULL,
    at INTEGER NOT NULL,
    answered_at INTEGER,
    refusal TEXT
) STRICT;

CREATE INDEX agent_requests_waiting ON agent_requests (id) WHERE answered_at IS NULL;

CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('new', 'started', 'paused', 'archived')),
    file TEXT NOT NULL,
    yaml TEXT NOT NULL,
    script TEXT,
    dials_possible INTEGER NOT NULL DEFAULT 1,
    applied_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL,
    grace_until INTEGER
) STRICT;

-- Rule packs that a company wrote beside its campaigns, as the file was when a campaign was applied.
CREATE TABLE rule_packs (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    yaml TEXT NOT NULL,
    file TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

-- may_state: whether fields of its contacts may name a consent, a purchase or an inquiry. Rules read nothing in the others, so that
-- these are counted from indexes alone. Set by imports, and by what is inserted or changed otherwise; never taken back.
CREATE TABLE lists (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'loading')),
    priority INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL, may_state INTEGER NOT NULL DEFAULT 0,
    UNIQUE (campaign_id, name)
) STRICT;

-- A list is loaded in pieces under a name of its own, state 'loading', and appears whole when the import is done.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    list_id INTEGER REFERENCES lists (id),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    options TEXT NOT NULL,
    columns TEXT NOT NULL DEFAULT '[]',
    at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'loading' CHECK (state IN ('loading', 'releasing', 'done', 'undone', 'failed')),
    list_name TEXT NOT NULL,
    first_contact INTEGER,
    last_contact INTEGER,
    ended_at INTEGER,
    rows_read INTEGER NOT NULL DEFAULT 0,
    imported INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    suppressed INTEGER NOT NULL DEFAULT 0,
    -- While an import is taken back: the list where its contacts are kept from the selection.
    undo_list_id INTEGER,
    -- Rows that ask not to be called; those of them that say neither yes nor no; those without a number that can be read.
    do_not_call INTEGER NOT NULL DEFAULT 0,
    do_not_call_unclear INTEGER NOT NULL DEFAULT 0,
    do_not_call_unread INTEGER NOT NULL DEFAULT 0,
    -- Do-not-call entries that are new by it, and contacts that ask so in a column that was taken for something else.
    do_not_call_entries INTEGER NOT NULL DEFAULT 0,
    let_through INTEGER NOT NULL DEFAULT 0,
    do_not_call_scope TEXT NOT NULL DEFAULT 'house',
    duplicates_in TEXT NOT NULL DEFAULT 'campaign'
) STRICT;

CREATE INDEX imports_last_contact ON imports (last_contact);

-- What an import brings up to date in contacts that are known: kept aside until the file was read whole.
CREATE TABLE import_updates (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id),
    contact_id INTEGER NOT NULL,
    external_id TEXT,
    name TEXT,
    fields TEXT NOT NULL,
    areas TEXT
) STRICT;

CREATE INDEX import_updates_import ON import_updates (import_id, id);

-- Rows that are no contact, with their reason, so that they can be mended.
CREATE TABLE quarantined_rows (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id),
    row INTEGER NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX quarantined_rows_import ON quarantined_rows (import_id);

-- A distinct (set of possible zones, region, jurisdiction): what decides when one may call.
CREATE TABLE areas (
    id INTEGER PRIMARY KEY,
    zones TEXT NOT NULL,
    region TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    UNIQUE (zones, region, jurisdiction)
) STRICT;

-- due_at is 0 for a fresh contact that nothing holds back; see the selection indexes below.
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    list_id INTEGER NOT NULL REFERENCES lists (id),
    import_id INTEGER REFERENCES imports (id),
    external_id TEXT,
    name TEXT,
    fields TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL CHECK (state IN
        ('ready', 'reserved', 'in_attempt', 'waiting_retry', 'callback', 'done', 'exhausted', 'suppressed')),
    former_state TEXT CHECK (former_state IN ('ready', 'waiting_retry', 'callback', 'done', 'exhausted')),
    class TEXT NOT NULL DEFAULT 'fresh' CHECK (class IN ('callback', 'retry', 'fresh')),
    priority INTEGER NOT NULL DEFAULT 0,
    next_number_id INTEGER REFERENCES numbers (id) DEFERRABLE INITIALLY DEFERRED,
    next_area_id INTEGER REFERENCES areas (id),
    due_at INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    agent TEXT,
    avoid_station TEXT,
    created_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL,
    -- Attempts of the contact that count, open ones included; kept by the triggers attempts_made_*.
    attempts_made INTEGER NOT NULL DEFAULT 0,
    -- Those of attempts_made whose records were removed by retention.
    attempts_removed INTEGER NOT NULL DEFAULT 0,
    -- The import whose row asked that this contact alone is not called; NULL where none did.
    do_not_call_import INTEGER
) STRICT;

CREATE INDEX contacts_wish ON contacts (do_not_call_import) WHERE do_not_call_import IS NOT NULL;

-- Selection of fresh contacts: by list, open area, priority and load order.
CREATE INDEX contacts_fresh ON contacts (list_id, next_area_id, priority DESC)
    WHERE state = 'ready' AND due_at = 0;

-- Selection of callbacks, retries and contacts that a rule denied for a while: by when they are due.
CREATE INDEX contacts_due ON contacts (campaign_id, class, list_id, next_area_id, due_at)
    WHERE due_at > 0 AND state IN ('ready', 'waiting_retry', 'callback');

CREATE INDEX contacts_reserved ON contacts (id) WHERE state = 'reserved';

-- id is 16 times the contact's plus the position, so that a contact's numbers stand side by side without an index.
CREATE TABLE numbers (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    extension TEXT,
    kind TEXT NOT NULL,
    validity TEXT NOT NULL CHECK (validity IN ('valid', 'possible')),
    area_id INTEGER NOT NULL REFERENCES areas (id),
    state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'dead')),
    CHECK (id = contact_id * 16 + position)
) STRICT;

CREATE UNIQUE INDEX numbers_number ON numbers (number, campaign_id);

-- Where do-not-call entries come from: a registry's file under its name, or (empty name) what people and agents add.
-- campaign_id 0 means everywhere. A file that replaces another is loaded beside it and takes its place at once.
CREATE TABLE suppression_sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    campaign_id INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('loading', 'current', 'replaced')),
    file TEXT,
    sha256 TEXT,
    entries INTEGER NOT NULL DEFAULT 0,
    loaded_at INTEGER NOT NULL,
    renewed_at INTEGER,
    contacts_due INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX suppression_sources_current ON suppression_sources (campaign_id, name) WHERE state = 'current';

-- Numbers that must not be called. added_at and note are empty where the source's own hold.
CREATE TABLE suppressions (
    source_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    added_at INTEGER,
    ends_at INTEGER,
    note TEXT,
    PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX suppressions_ending ON suppressions (ends_at) WHERE ends_at IS NOT NULL;

-- Beginnings of numbers that must not be called: 1201 stands for +1201*.
CREATE TABLE suppression_prefixes (
    prefix INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    added_at INTEGER,
    ends_at INTEGER,
    note TEXT,
    PRIMARY KEY (prefix, source_id)
) STRICT, WITHOUT ROWID;

-- What the rules said that let calls through, each text once; nothing in them is of a person. Marks in a text
-- (U+0001 to U+0003) stand for the called number, for a value in allowed_by, and for the words in consent.
CREATE TABLE rule_texts (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- One dial of one number, written down before the phone is told to dial. allowed_by: the values that belong into the text
-- of rule_text_id; the whole text, as JSON, where that is NULL. consent: what the person's fields said of their consent.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('campaign', 'preview', 'manual', 'callback')),
    campaign_id INTEGER REFERENCES campaigns (id),
    contact_id INTEGER REFERENCES contacts (id),
    list_id INTEGER REFERENCES lists (id),
    number_id INTEGER REFERENCES numbers (id),
    number INTEGER NOT NULL,
    dialled TEXT NOT NULL,
    station TEXT NOT NULL,
    agent TEXT,
    pass INTEGER NOT NULL,
    area_id INTEGER REFERENCES areas (id),
    zone TEXT,
    utc_offset INTEGER,
    local_minute_of_week INTEGER,
    rule_pack TEXT NOT NULL,
    rule_pack_version TEXT NOT NULL,
    allowed_by TEXT NOT NULL,
    account INTEGER NOT NULL,
    dial_with TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('intended', 'calling', 'connected', 'wrap_up', 'settled')),
    lines_before TEXT NOT NULL,
    line INTEGER,
    intended_at INTEGER NOT NULL,
    commanded_at INTEGER,
    seen_at INTEGER,
    connected_at INTEGER,
    ended_at INTEGER,
    wrap_up_until INTEGER,
    settled_at INTEGER,
    ring_ms INTEGER,
    talk_ms INTEGER,
    gap_ms INTEGER,
    outcome TEXT CHECK (outcome IN
        ('answered', 'short_answer', 'no_answer', 'busy_or_rejected', 'failed_fast', 'phone_refused', 'not_sent',
         'phone_lost', 'unknown', 'agent_cancelled')),
    agent_absent INTEGER NOT NULL DEFAULT 0,
    disposition TEXT,
    disposition_class TEXT,
    ending TEXT,
    note TEXT,
    evidence TEXT,
    follow_up TEXT,
    rule_text_id INTEGER REFERENCES rule_texts (id),
    consent TEXT,
    -- When to call back, as it was said of an attempt that is not settled yet; its settling takes it from here.
    said_callback TEXT,
    -- The release of the IANA time zone data by which the hours were judged, such as 2026f; NULL for calls of earlier versions.
    zone_data TEXT,
    CHECK (phase <> 'settled' OR outcome IS NOT NULL)
) STRICT;

-- Never two open attempts to a number, a contact or a station.
CREATE UNIQUE INDEX attempts_open_number ON attempts (number) WHERE phase <> 'settled';
CREATE UNIQUE INDEX attempts_open_contact ON attempts (contact_id) WHERE phase <> 'settled';
CREATE UNIQUE INDEX attempts_open_station ON attempts (station) WHERE phase <> 'settled';
CREATE INDEX attempts_number ON attempts (number, intended_at);
CREATE INDEX attempts_contact ON attempts (contact_id, intended_at);
CREATE INDEX attempts_campaign ON attempts (campaign_id, intended_at);

-- Incoming and hand-dialled calls seen on GXP lines; the latter count for caps.
CREATE TABLE observed_calls (
    id INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    line INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('incoming', 'by_hand')),
    number INTEGER,
    started_at INTEGER NOT NULL,
    connected_at INTEGER,
    ended_at INTEGER
) STRICT;

CREATE INDEX observed_calls_number ON observed_calls (number, started_at) WHERE number IS NOT NULL;

-- Call records of persons who were erased, and until when the law wants them kept.
CREATE TABLE erasures (
    attempt_id INTEGER PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    kept_until INTEGER NOT NULL
) STRICT;

CREATE INDEX erasures_kept_until ON erasures (kept_until);

-- The append-only record of every event; ids and numbers only, so that a person can be erased.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    campaign_id INTEGER,
    contact_id INTEGER,
    attempt_id INTEGER,
    number INTEGER,
    station TEXT,
    agent TEXT,
    detail TEXT
) STRICT;

-- The journal is appended to and never changed; only the text of an event and who acted can be emptied, where it is
-- older than retention keeps texts, or of a person who was erased.
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
WHEN NOT (NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.event = OLD.event AND NEW.campaign_id IS OLD.campaign_id
    AND NEW.contact_id IS OLD.contact_id AND NEW.attempt_id IS OLD.attempt_id AND NEW.number IS OLD.number
    AND NEW.station IS OLD.station AND (NEW.detail IS NULL OR NEW.detail IS OLD.detail)
    AND (NEW.agent IS NULL OR NEW.agent IS OLD.agent)
    AND (OLD.seq <= coalesce(
        (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'journal_details_removed'), 0)
        OR EXISTS (SELECT 1 FROM contacts c WHERE c.id = OLD.contact_id AND c.reason = 'Erased.')
        OR EXISTS (SELECT 1 FROM suppression_sources q CROSS JOIN suppressions s
            ON s.source_id = q.id AND s.number = OLD.number WHERE s.note = 'erased' OR q.name = 'erased')))
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- INSERT OR REPLACE would take an event's place without deleting it: a number that was given is not given again.
CREATE TRIGGER journal_is_not_replaced BEFORE INSERT ON journal
WHEN NEW.seq <> -1 AND NEW.seq <= coalesce((SELECT max(seq) FROM journal), 0)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

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
    revoked_at INTEGER,
    -- Whether it was made without an end and was given one since.
    is_end_imposed INTEGER NOT NULL DEFAULT 0
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

-- Retention removes its oldest entries, and says up to which.
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
WHEN OLD.id > coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'audit_removed'), 0)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN NEW.id <> -1 AND NEW.id <= coalesce((SELECT max(id) FROM audit), 0)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The size of the database in bytes, once a UTC day, counted from 1970.
CREATE TABLE database_sizes (
    day INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL
) STRICT;

-- The engine's sign of life: one row, written durably every 10 s while it runs.
CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL,
    beats INTEGER NOT NULL
) STRICT;

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

-- Attempts in the order of their times, whatever their campaign, and to whom they went.
CREATE INDEX attempts_intended ON attempts (intended_at, number, contact_id);

-- Notes, by when they are removed.
CREATE INDEX attempts_noted ON attempts (campaign_id, intended_at) WHERE note IS NOT NULL;

-- An agent's attempts in the order of their times.
CREATE INDEX attempts_agent ON attempts (agent, intended_at);

-- A list's attempts in the order of their times, and where they went.
CREATE INDEX attempts_list ON attempts (list_id, intended_at, area_id);

-- A station's attempts in the order of their times.
CREATE INDEX attempts_station ON attempts (station, intended_at);

-- Calls in which the person refused, by contact and by number.
CREATE INDEX attempts_refused ON attempts (contact_id, intended_at)
    WHERE disposition_class IN ('not_interested', 'do_not_call');
CREATE INDEX attempts_refused_number ON attempts (number, intended_at, contact_id)
    WHERE disposition_class IN ('not_interested', 'do_not_call');

-- A list's contacts by state, counted without reading them; those that are fresh and ready stand in contacts_fresh, so
-- that an import writes none of these.
CREATE INDEX contacts_list_state ON contacts (list_id, state) WHERE NOT (state = 'ready' AND due_at = 0);

-- Sums of settled attempts by when they were intended: span 0 in quarter hours, span 1 in UTC days, slot counted
-- from 1970. Kept in the transaction that settles, changes or erases an attempt; `offhook check` adds up anew.
-- 0, '' and -1 stand for what an attempt does not have. NAME, NAME_ring_ms, NAME_talk_ms: attempts of an outcome
-- and their times; said_NAME: attempts of a class of disposition; persons: attempts that spoke to somebody.
CREATE TABLE calls_by_list (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    said_callback_agent INTEGER NOT NULL,
    said_callback_any INTEGER NOT NULL,
    said_not_interested INTEGER NOT NULL,
    said_do_not_call INTEGER NOT NULL,
    said_machine INTEGER NOT NULL,
    said_busy_tone INTEGER NOT NULL,
    said_no_answer INTEGER NOT NULL,
    said_wrong_person INTEGER NOT NULL,
    said_wrong_number INTEGER NOT NULL,
    said_disconnected_number INTEGER NOT NULL,
    said_other INTEGER NOT NULL,
    said_none_given INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    agent_absent INTEGER NOT NULL,
    wrap_up_ms INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, list_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls_by_agent (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    station TEXT NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    said_callback_agent INTEGER NOT NULL,
    said_callback_any INTEGER NOT NULL,
    said_not_interested INTEGER NOT NULL,
    said_do_not_call INTEGER NOT NULL,
    said_machine INTEGER NOT NULL,
    said_busy_tone INTEGER NOT NULL,
    said_no_answer INTEGER NOT NULL,
    said_wrong_person INTEGER NOT NULL,
    said_wrong_number INTEGER NOT NULL,
    said_disconnected_number INTEGER NOT NULL,
    said_other INTEGER NOT NULL,
    said_none_given INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    agent_absent INTEGER NOT NULL,
    wrap_up_ms INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, agent, station)
) STRICT, WITHOUT ROWID;

-- local_hour: of the contact's week, 0 for Monday 00:00 to 01:00.
CREATE TABLE calls_by_hour (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    local_hour INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    said_callback_agent INTEGER NOT NULL,
    said_callback_any INTEGER NOT NULL,
    said_not_interested INTEGER NOT NULL,
    said_do_not_call INTEGER NOT NULL,
    said_machine INTEGER NOT NULL,
    said_busy_tone INTEGER NOT NULL,
    said_no_answer INTEGER NOT NULL,
    said_wrong_person INTEGER NOT NULL,
    said_wrong_number INTEGER NOT NULL,
    said_disconnected_number INTEGER NOT NULL,
    said_other INTEGER NOT NULL,
    said_none_given INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    agent_absent INTEGER NOT NULL,
    wrap_up_ms INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, local_hour)
) STRICT, WITHOUT ROWID;

-- What tells much apart has many rows, and so few columns.
CREATE TABLE calls_by_pass (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, list_id, pass)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls_by_area (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    local_hour INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, area_id, local_hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE calls_by_agent_and_hour (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    station TEXT NOT NULL,
    local_hour INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, agent, station, local_hour)
) STRICT, WITHOUT ROWID;

-- For questions about one list: its rows stand together.
CREATE TABLE list_calls_by_agent (
    list_id INTEGER NOT NULL,
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    station TEXT NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    said_callback_agent INTEGER NOT NULL,
    said_callback_any INTEGER NOT NULL,
    said_not_interested INTEGER NOT NULL,
    said_do_not_call INTEGER NOT NULL,
    said_machine INTEGER NOT NULL,
    said_busy_tone INTEGER NOT NULL,
    said_no_answer INTEGER NOT NULL,
    said_wrong_person INTEGER NOT NULL,
    said_wrong_number INTEGER NOT NULL,
    said_disconnected_number INTEGER NOT NULL,
    said_other INTEGER NOT NULL,
    said_none_given INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    agent_absent INTEGER NOT NULL,
    wrap_up_ms INTEGER NOT NULL,
    gap_ms INTEGER NOT NULL,
    PRIMARY KEY (list_id, span, slot, campaign_id, agent, station)
) STRICT, WITHOUT ROWID;

CREATE TABLE list_calls_by_hour (
    list_id INTEGER NOT NULL,
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    local_hour INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    short_answer INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    busy_or_rejected INTEGER NOT NULL,
    failed_fast INTEGER NOT NULL,
    phone_refused INTEGER NOT NULL,
    not_sent INTEGER NOT NULL,
    phone_lost INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    agent_cancelled INTEGER NOT NULL,
    answered_ring_ms INTEGER NOT NULL,
    answered_talk_ms INTEGER NOT NULL,
    short_answer_ring_ms INTEGER NOT NULL,
    short_answer_talk_ms INTEGER NOT NULL,
    no_answer_ring_ms INTEGER NOT NULL,
    no_answer_talk_ms INTEGER NOT NULL,
    busy_or_rejected_ring_ms INTEGER NOT NULL,
    busy_or_rejected_talk_ms INTEGER NOT NULL,
    failed_fast_ring_ms INTEGER NOT NULL,
    failed_fast_talk_ms INTEGER NOT NULL,
    phone_refused_ring_ms INTEGER NOT NULL,
    phone_refused_talk_ms INTEGER NOT NULL,
    not_sent_ring_ms INTEGER NOT NULL,
    not_sent_talk_ms INTEGER NOT NULL,
    phone_lost_ring_ms INTEGER NOT NULL,
    phone_lost_talk_ms INTEGER NOT NULL,
    unknown_ring_ms INTEGER NOT NULL,
    unknown_talk_ms INTEGER NOT NULL,
    agent_cancelled_ring_ms INTEGER NOT NULL,
    agent_cancelled_talk_ms INTEGER NOT NULL,
    said_success INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (list_id, span, slot, campaign_id, local_hour)
) STRICT, WITHOUT ROWID;

-- What agents said, by code.
CREATE TABLE calls_by_disposition (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    station TEXT NOT NULL,
    outcome TEXT NOT NULL,
    disposition TEXT NOT NULL,
    disposition_class TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, agent, station, outcome, disposition, disposition_class)
) STRICT, WITHOUT ROWID;

CREATE TABLE list_calls_by_disposition (
    list_id INTEGER NOT NULL,
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    agent TEXT NOT NULL,
    station TEXT NOT NULL,
    outcome TEXT NOT NULL,
    disposition TEXT NOT NULL,
    disposition_class TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (list_id, span, slot, campaign_id, agent, station, outcome, disposition, disposition_class)
) STRICT, WITHOUT ROWID;

-- Under which rules calls were placed.
CREATE TABLE calls_by_pack (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    rule_pack TEXT NOT NULL,
    rule_pack_version TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (span, slot, campaign_id, rule_pack, rule_pack_version)
) STRICT, WITHOUT ROWID;

-- Until which UTC day, counted from 1970, calls of a campaign were removed by retention: sums of earlier days stay and
-- cannot be added up anew. Campaign 0 is for calls without one.
CREATE TABLE calls_removed (
    campaign_id INTEGER PRIMARY KEY,
    until_day INTEGER NOT NULL,
    calls INTEGER NOT NULL
) STRICT;

-- How long stations were in each state, and for which agent; reason is that of a pause.
CREATE TABLE station_time (
    span INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    station TEXT NOT NULL,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    ms INTEGER NOT NULL,
    PRIMARY KEY (span, slot, station, agent, state, reason)
) STRICT, WITHOUT ROWID;

-- In which state each station is now; it becomes a part of station_time when it ends.
CREATE TABLE station_states (
    station TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Times that were agreed with contacts, and the call that kept them. ending: called, or moved to another time.
CREATE TABLE agreed_callbacks (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    contact_id INTEGER NOT NULL,
    agent TEXT,
    agreed_by TEXT,
    agreed_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    ending TEXT CHECK (ending IN ('called', 'moved', 'withdrawn')),
    ended_at INTEGER,
    attempt_id INTEGER
) STRICT;

CREATE INDEX agreed_callbacks_due ON agreed_callbacks (due_at);
CREATE UNIQUE INDEX agreed_callbacks_open ON agreed_callbacks (contact_id) WHERE ending IS NULL;

-- A back-up carries a mark: when it was made, and how far its journal and its calls go. Whoever puts it in place of a lost
-- database has one that does not know the calls since; nothing is dialed until they are known, or a person accepts it.
CREATE TABLE restores (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    backed_up_at INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    last_attempt INTEGER NOT NULL,
    restored_at INTEGER,
    cleared_at INTEGER,
    cleared_by TEXT CHECK (cleared_by IN ('calls_brought_in', 'repeats_accepted'))
) STRICT;

-- How often each contact was called.
CREATE TRIGGER attempts_made_more AFTER INSERT ON attempts
    WHEN new.contact_id IS NOT NULL AND (new.outcome IS NULL OR new.outcome NOT IN ('phone_refused', 'not_sent'))
BEGIN
    UPDATE contacts SET attempts_made = attempts_made + 1 WHERE id = new.contact_id;
END;

CREATE TRIGGER attempts_made_otherwise AFTER UPDATE OF outcome ON attempts
    WHEN new.contact_id IS NOT NULL AND (new.outcome IS NULL OR new.outcome NOT IN ('phone_refused', 'not_sent')) <> (old.outcome IS NULL OR old.outcome NOT IN ('phone_refused', 'not_sent'))
BEGIN
    UPDATE contacts SET attempts_made = attempts_made + iif((new.outcome IS NULL OR new.outcome NOT IN ('phone_refused', 'not_sent')), 1, -1) WHERE id = new.contact_id;
END;

CREATE TRIGGER attempts_made_fewer AFTER DELETE ON attempts
    WHEN old.contact_id IS NOT NULL AND (old.outcome IS NULL OR old.outcome NOT IN ('phone_refused', 'not_sent'))
BEGIN
    UPDATE contacts SET attempts_made = attempts_made - 1 WHERE id = old.contact_id;
END;

-- Contacts that are neither finished nor fresh, with all that the inventory tells them apart by: an import writes none.
CREATE INDEX contacts_waiting ON contacts (list_id, state, next_area_id, due_at, attempts_made)
    WHERE state NOT IN ('done', 'exhausted') AND NOT (state = 'ready' AND due_at = 0 AND attempts_made = 0);

-- Contacts to look at again, since a rule or a do-not-call entry changed: many are done piece by piece beside the dialer.
-- kind: covered (by the prefix subject), parked, or possible (numbers in no known range). after is the last one that was
-- done, a number where kind is covered, else a contact. campaign_id 0 means everywhere.
CREATE TABLE contact_reviews (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('covered', 'parked', 'possible')),
    campaign_id INTEGER NOT NULL,
    subject INTEGER NOT NULL DEFAULT 0,
    after INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0
) STRICT;

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

-- How many numbers the last list of changes of a source held, by the source's name and scope (0 for everywhere): one that
-- holds far fewer is asked about before it makes the source younger.
CREATE TABLE suppression_renewals (
    campaign_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    numbers INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, name)
) STRICT;

-- Numbers of an import whose holders want no calls. former_note and former_end: of the entry that ended by itself in whose place
-- the import's came.
CREATE TABLE import_wishes (
    import_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    former_note TEXT,
    former_end INTEGER,
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_wishes_number ON import_wishes (number);

-- Places closed to calls while an emergency is declared. until_day: the last day on the place's own clock, as days since 1970.
-- opened_at: when somebody opened it again, or closed it anew; NULL where nobody did.
CREATE TABLE place_closures (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    until_day INTEGER NOT NULL,
    source TEXT NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by TEXT NOT NULL,
    opened_at INTEGER,
    opened_by TEXT
) STRICT;

CREATE INDEX place_closures_closed ON place_closures (until_day) WHERE opened_at IS NULL;

CREATE TRIGGER contacts_state AFTER UPDATE OF fields ON contacts
WHEN (instr(lower(NEW.fields), 'consent') + instr(lower(NEW.fields), 'purchase') + instr(lower(NEW.fields), 'inquiry') > 0)
BEGIN
    UPDATE lists SET may_state = 1 WHERE id = NEW.list_id AND may_state = 0;
END;
