-- How far each target has been served. The events up to low_seq are delivered or parked.
-- The fence rises when the cursor is moved by hand, so that a running relay reads it again.
CREATE TABLE outbox_cursor (
    target text PRIMARY KEY,
    low_seq bigint NOT NULL DEFAULT 0,
    fence bigint NOT NULL DEFAULT 0,
    published bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL
);

-- The events that wait outside of a target's cursor:
-- retry: the target rejected it, and it is sent again at next_attempt_at;
-- contract: it is not valid, or its version is unknown; it is judged again with the next lock;
-- behind: an earlier event of its entity is parked;
-- dead: it is not sent again unless a person asks for it.
CREATE TABLE outbox_parked (
    target text NOT NULL,
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    entity_type text,
    entity_id text,
    state text NOT NULL CHECK (state IN ('retry', 'contract', 'behind', 'dead')),
    attempts bigint NOT NULL,
    parked_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (target, seq)
);

CREATE INDEX outbox_parked_entity ON outbox_parked (target, entity_type, entity_id, seq);
CREATE INDEX outbox_parked_state ON outbox_parked (target, state, next_attempt_at);
CREATE INDEX outbox_parked_seq ON outbox_parked (seq);

-- What people did that destroys or repeats: the envelopes of the relay's own events.
CREATE TABLE outbox_audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    event_type text NOT NULL,
    envelope json NOT NULL
);

-- The messages that a consumer has seen.
CREATE TABLE inbox_seen (
    consumer text NOT NULL,
    source text NOT NULL,
    event_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, source, event_id)
);

CREATE INDEX inbox_seen_at ON inbox_seen (seen_at);
