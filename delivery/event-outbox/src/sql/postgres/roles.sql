-- The application. It reads no event: ON CONFLICT and RETURNING need the two columns.
GRANT INSERT, SELECT (event_id, deduplication_key) ON domain_events TO application;
GRANT SELECT ON outbox_schema TO application;
-- A consumer, for the inbox and its purge.
GRANT SELECT, INSERT, DELETE ON inbox_seen TO application;

-- The relay, and the commands that change the state of delivery.
GRANT SELECT ON domain_events, outbox_schema TO relay;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_cursor, outbox_parked TO relay;
GRANT INSERT ON outbox_audit TO relay;
GRANT SELECT ON SEQUENCE domain_events_seq_seq TO relay;

-- `event-relay purge`. It locks the table of cursors while it deletes, which needs an UPDATE.
GRANT SELECT, DELETE ON domain_events, inbox_seen TO purge;
GRANT SELECT ON outbox_cursor, outbox_parked, outbox_schema TO purge;
GRANT UPDATE ON outbox_cursor TO purge;
GRANT INSERT ON outbox_audit TO purge;
GRANT SELECT ON SEQUENCE domain_events_seq_seq TO purge;
