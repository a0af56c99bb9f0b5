-- Lets `event-relay` deliver the events of another library's table, in PostgreSQL 13 and later.
-- Change the part between the two lines, and run the whole script as the owner of that table. It is
-- one transaction: if it fails, nothing has changed. The guide's page on other tables explains it.

-- Each statement must see what was committed while the script waited for its lock.
BEGIN ISOLATION LEVEL READ COMMITTED;
-- Writers wait behind a lock that is waited for. Rather let the script fail, and run it again.
SET LOCAL lock_timeout = '5s';
-- The tables are made in the current schema, and the functions look nowhere else.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', TRUE);

-- ---- Change from here -----------------------------------------------------------------------

-- The other table, with the columns of an event. A table in another schema needs its schema.
-- key: one column that no two rows share, that never changes, and that has an index.
-- entity_type, entity_id: the events of an entity are delivered in order. NULL if there is none.
-- retain_until: when `purge` may delete the row. NULL: when it is older than `--keep`.
-- envelope: what is delivered, one JSON object. Through jsonb, because it must have no line breaks.
CREATE VIEW outbox_other AS
SELECT
    id AS key,
    id AS event_id,
    type AS event_type,
    1::bigint AS event_version,
    aggregatetype AS entity_type,
    aggregateid AS entity_id,
    NULL::bigint AS entity_version,
    created_at AS occurred_at,
    created_at AS recorded_at,
    NULL::text AS trace_id,
    NULL::text AS span_id,
    NULL::text AS correlation_id,
    NULL::text AS deduplication_key,
    NULL::timestamptz AS retain_until,
    jsonb_build_object(
        'event_id', id,
        'event_type', type,
        'event_version', 1,
        'occurred_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'payload', payload::jsonb
    )::json AS envelope
FROM outbox;

-- Transactions that insert into the other table wait until the end of the script.
LOCK TABLE outbox_other IN SHARE ROW EXCLUSIVE MODE;

-- The place of each row, which is the seq of its event. Give key the type of the other table's.
-- txid must be before seq, and the sequence must not hand out numbers in advance, as in the table
-- domain_events of an outbox.
CREATE TABLE outbox_place (
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    seq bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME domain_events_seq_seq CACHE 1)
        PRIMARY KEY,
    key uuid NOT NULL
);

-- NEW is the row of the other table: name its key. The writer of the row needs no grant.
CREATE FUNCTION outbox_place() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO outbox_place (key) VALUES (NEW.id);
    RETURN NULL;
END
$$;

-- Deferred: a row gets its place when its transaction commits. So the events of an entity are in
-- order if their transactions lock the entity at any time, and a long transaction leaves no gap.
CREATE CONSTRAINT TRIGGER outbox_place AFTER INSERT ON outbox
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION outbox_place();

-- The rows that are in the table get their places. Leave out those that are not to be delivered,
-- such as rows that were published before.
INSERT INTO outbox_place (key)
SELECT key FROM outbox_other WHERE TRUE ORDER BY recorded_at, key;

-- ---- Change up to here ----------------------------------------------------------------------

-- If another role ran it, the owner could not make partitions with the trigger.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgfoid = 'outbox_place'::regproc AND pg_get_userbyid(relowner) <> current_user
    ) THEN
        RAISE EXCEPTION 'another role owns the other table'
            USING HINT = 'run the script as its owner: SET ROLE';
    END IF;
END
$$;

-- What the relay reads. A place whose row is gone is an event without a type and an envelope: the
-- relay parks it as dead, and a purge may delete it.
CREATE VIEW domain_events AS
SELECT
    place.txid,
    place.seq,
    coalesce(event.event_id, '00000000-0000-0000-0000-000000000000') AS event_id,
    event.event_type,
    event.event_version,
    event.entity_type,
    event.entity_id,
    event.entity_version,
    event.occurred_at,
    event.recorded_at,
    event.trace_id,
    event.span_id,
    event.correlation_id,
    event.deduplication_key,
    CASE WHEN event.key IS NULL THEN '-infinity' ELSE event.retain_until END AS retain_until,
    event.envelope
FROM outbox_place AS place LEFT JOIN outbox_other AS event ON event.key = place.key;

-- `event-relay purge` deletes the row and its place.
CREATE FUNCTION domain_events_delete() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    deleted outbox_place.key%TYPE;
BEGIN
    DELETE FROM outbox_place WHERE seq = OLD.seq RETURNING key INTO deleted;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    DELETE FROM outbox_other WHERE key = deleted;
    RETURN OLD;
END
$$;

CREATE TRIGGER domain_events_delete INSTEAD OF DELETE ON domain_events
    FOR EACH ROW EXECUTE FUNCTION domain_events_delete();

-- Both act with the rights of the owner: no one else may make triggers of them.
REVOKE EXECUTE ON FUNCTION outbox_place(), domain_events_delete() FROM PUBLIC;
