-- The events. Append-only: delivery has tables of its own, so that a row never changes.
-- AUTOINCREMENT: without it, the seq of a purged row could be given to a new one.
CREATE TABLE domain_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    event_version INTEGER NOT NULL,
    entity_type TEXT,
    entity_id TEXT,
    entity_version INTEGER,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    trace_id TEXT,
    span_id TEXT,
    correlation_id TEXT,
    deduplication_key TEXT,
    retain_until TEXT,
    envelope TEXT NOT NULL
) STRICT;

-- It has all that the queries about many entities look at, so that they do not read the rows.
CREATE INDEX domain_events_entity
    ON domain_events (entity_type, entity_id, seq, event_type, occurred_at)
    WHERE entity_id IS NOT NULL;
CREATE INDEX domain_events_type ON domain_events (event_type, occurred_at);
CREATE UNIQUE INDEX domain_events_deduplication ON domain_events (deduplication_key)
    WHERE deduplication_key IS NOT NULL;

CREATE TRIGGER domain_events_append_only BEFORE UPDATE ON domain_events BEGIN
    SELECT RAISE(ABORT, 'domain_events is append-only: insert a new event instead');
END;

-- How far each target has been served. The events up to low_seq are delivered or parked.
-- The fence rises when the cursor is moved by hand, so that a running relay reads it again.
CREATE TABLE outbox_cursor (
    target TEXT PRIMARY KEY,
    low_seq INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    published INTEGER NOT NULL DEFAULT 0,
    updated_at TEXT NOT NULL
) STRICT;

-- The events that wait outside of a target's cursor:
-- retry: the target rejected it, and it is sent again at next_attempt_at;
-- contract: it is not valid, or its version is unknown; it is judged again with the next lock;
-- behind: an earlier event of its entity is parked;
-- dead: it is not sent again unless a person asks for it.
CREATE TABLE outbox_parked (
    target TEXT NOT NULL,
    seq INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    entity_type TEXT,
    entity_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('retry', 'contract', 'behind', 'dead')),
    attempts INTEGER NOT NULL,
    parked_at TEXT NOT NULL,
    next_attempt_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (target, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_parked_entity ON outbox_parked (target, entity_type, entity_id, seq);
CREATE INDEX outbox_parked_state ON outbox_parked (target, state, next_attempt_at);
CREATE INDEX outbox_parked_seq ON outbox_parked (seq);

-- What people did that destroys or repeats: the envelopes of the relay's own events.
CREATE TABLE outbox_audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_at TEXT NOT NULL,
    event_type TEXT NOT NULL,
    envelope TEXT NOT NULL
) STRICT;

-- The messages that a consumer has seen.
CREATE TABLE inbox_seen (
    consumer TEXT NOT NULL,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (consumer, source, event_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_seen_at ON inbox_seen (seen_at);
