-- The relay that serves a target, and the time until which its lease lasts, by the clock of the
-- database: see "Several relays" in the guide. NULL: no relay has a lease.
ALTER TABLE outbox_cursor
    ADD COLUMN owner text,
    ADD COLUMN lease_until timestamptz;
