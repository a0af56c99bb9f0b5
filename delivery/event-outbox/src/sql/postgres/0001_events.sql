-- The events. Append-only: delivery has tables of its own, so that a row never changes.
-- txid is the transaction that wrote the row. It must be before seq: defaults are evaluated in the
-- order of the columns, and a relay needs a transaction to have its id before it takes a seq. For
-- the same reason a sequence must not hand out numbers in advance: CACHE 1.
-- The envelope is json, which keeps the text byte for byte, has the operators of jsonb, and costs
-- half of it in bulk.
CREATE TABLE domain_events (
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    event_version bigint NOT NULL,
    entity_type text,
    entity_id text,
    entity_version bigint,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    trace_id text,
    span_id text,
    correlation_id text,
    deduplication_key text,
    retain_until timestamptz,
    envelope json NOT NULL
);

-- It has all that the queries about many entities look at, so that they do not read the rows.
CREATE INDEX domain_events_entity
    ON domain_events (entity_type, entity_id, seq) INCLUDE (event_type, occurred_at)
    WHERE entity_id IS NOT NULL;
CREATE INDEX domain_events_type ON domain_events (event_type, occurred_at);
CREATE UNIQUE INDEX domain_events_deduplication ON domain_events (deduplication_key)
    WHERE deduplication_key IS NOT NULL;

CREATE FUNCTION domain_events_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'domain_events is append-only: insert a new event instead'
        USING HINT = 'a purge deletes old events';
END
$$;

CREATE TRIGGER domain_events_append_only BEFORE UPDATE ON domain_events
    FOR EACH ROW EXECUTE FUNCTION domain_events_append_only();
CREATE TRIGGER domain_events_no_truncate BEFORE TRUNCATE ON domain_events
    FOR EACH STATEMENT EXECUTE FUNCTION domain_events_append_only();
