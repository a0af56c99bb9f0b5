$ query timeline order ord_1
SELECT
    e.seq,
    CAST(e.event_id AS text) AS event_id,
    e.event_type,
    e.event_version,
    e.entity_type,
    e.entity_id,
    e.entity_version,
    to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at,
    to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
    CAST(e.envelope AS text) AS envelope
FROM domain_events AS e
WHERE e.entity_type = 'order' AND e.entity_id = 'ord_1'
ORDER BY e.seq;

$ query funnel order_payment_started order.payment.completed order_ship_completed
WITH step_1 AS (
    SELECT entity_type, entity_id, min(seq) AS seq_1
    FROM domain_events
    WHERE entity_id IS NOT NULL AND event_type IN ('order.payment.started')
    GROUP BY entity_type, entity_id
), step_2 AS (
    SELECT step_1.*, (
        SELECT min(seq) FROM domain_events AS e
        WHERE e.entity_id IS NOT NULL AND e.entity_type = step_1.entity_type
            AND e.entity_id = step_1.entity_id AND e.seq > step_1.seq_1
            AND e.event_type IN ('order.payment.completed', 'order_paid')
    ) AS seq_2
    FROM step_1
), step_3 AS (
    SELECT step_2.*, (
        SELECT min(seq) FROM domain_events AS e
        WHERE e.entity_id IS NOT NULL AND e.entity_type = step_2.entity_type
            AND e.entity_id = step_2.entity_id AND e.seq > step_2.seq_2
            AND e.event_type IN ('order.ship.completed')
    ) AS seq_3
    FROM step_2
), counted AS (
    SELECT count(seq_1) AS entities_1, count(seq_2) AS entities_2, count(seq_3) AS entities_3
    FROM step_3
)
SELECT 1 AS step, 'order.payment.started' AS event_type, entities_1 AS entities,
    CAST(round(100.0 * entities_1 / nullif(entities_1, 0), 2) AS text) AS percent
FROM counted
UNION ALL SELECT 2, 'order.payment.completed', entities_2,
    CAST(round(100.0 * entities_2 / nullif(entities_1, 0), 2) AS text)
FROM counted
UNION ALL SELECT 3, 'order.ship.completed', entities_3,
    CAST(round(100.0 * entities_3 / nullif(entities_1, 0), 2) AS text)
FROM counted
ORDER BY step;

$ query funnel order_payment_started order_paid --within 1m
WITH step_1 AS (
    SELECT entity_type, entity_id, min(seq) AS seq_1
    FROM domain_events
    WHERE entity_id IS NOT NULL AND event_type IN ('order.payment.started')
    GROUP BY entity_type, entity_id
), begun AS (
    SELECT step_1.*, (
        SELECT CAST(extract(epoch FROM occurred_at) * 1000000 AS bigint) FROM domain_events
        WHERE seq = seq_1
    ) AS begun_at
    FROM step_1
), step_2 AS (
    SELECT step_1.*, (
        SELECT min(seq) FROM domain_events AS e
        WHERE e.entity_id IS NOT NULL AND e.entity_type = step_1.entity_type
            AND e.entity_id = step_1.entity_id AND e.seq > step_1.seq_1
            AND e.event_type IN ('order.payment.completed', 'order_paid')
            AND CAST(extract(epoch FROM e.occurred_at) * 1000000 AS bigint) <= 60000000 + step_1.begun_at
    ) AS seq_2
    FROM begun AS step_1
), counted AS (
    SELECT count(seq_1) AS entities_1, count(seq_2) AS entities_2
    FROM step_2
)
SELECT 1 AS step, 'order.payment.started' AS event_type, entities_1 AS entities,
    CAST(round(100.0 * entities_1 / nullif(entities_1, 0), 2) AS text) AS percent
FROM counted
UNION ALL SELECT 2, 'order.payment.completed', entities_2,
    CAST(round(100.0 * entities_2 / nullif(entities_1, 0), 2) AS text)
FROM counted
ORDER BY step;

$ query duplicates order_payment_completed
SELECT
    entity_type AS key_1,
    entity_id AS key_2,
    count(*) AS events,
    min(seq) AS first_seq,
    max(seq) AS last_seq,
    to_char(min(occurred_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS earliest,
    to_char(max(occurred_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS latest
FROM domain_events
WHERE event_type IN ('order.payment.completed', 'order_paid')
    AND entity_type IS NOT NULL
    AND entity_id IS NOT NULL
GROUP BY 1, 2
HAVING count(*) > 1
ORDER BY events DESC, first_seq;

$ query duplicates order_paid --by entity,amount_cents --since 1d
SELECT
    entity_type AS key_1,
    entity_id AS key_2,
    CAST(envelope -> 'payload' -> 'amount_cents' AS text) AS key_3,
    count(*) AS events,
    min(seq) AS first_seq,
    max(seq) AS last_seq,
    to_char(min(occurred_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS earliest,
    to_char(max(occurred_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS latest
FROM domain_events
WHERE event_type IN ('order.payment.completed', 'order_paid')
    AND occurred_at >= '2026-11-29T12:00:00.000000Z'
    AND entity_type IS NOT NULL
    AND entity_id IS NOT NULL
    AND CAST(envelope -> 'payload' -> 'amount_cents' AS text) IS NOT NULL
GROUP BY 1, 2, 3
HAVING count(*) > 1
ORDER BY events DESC, first_seq;

$ query stuck order_payment_started --older-than 1h
SELECT
    e.seq,
    CAST(e.event_id AS text) AS event_id,
    e.event_type,
    e.event_version,
    e.entity_type,
    e.entity_id,
    e.entity_version,
    to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at,
    to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at,
    CAST(e.envelope AS text) AS envelope
FROM domain_events AS e
WHERE e.seq IN (
    SELECT begun.seq
    FROM domain_events AS begun
    WHERE begun.entity_id IS NOT NULL AND begun.event_type IN ('order.payment.started')
        AND begun.occurred_at <= '2026-11-30T11:00:00.000000Z'
        AND NOT EXISTS (
            SELECT 1 FROM domain_events AS later
            WHERE later.entity_id IS NOT NULL
                AND later.entity_type = begun.entity_type
                AND later.entity_id = begun.entity_id
                AND later.seq > begun.seq
                AND later.event_type IN ('order.payment.completed', 'order_paid', 'order.payment.failed', 'order.payment.started')
        )
)
ORDER BY e.seq;

$ query holes
SELECT entity_type, entity_id, before_it + 1 AS first_missing, entity_version - 1 AS last_missing
FROM (
    SELECT entity_type, entity_id, entity_version,
        lag(entity_version) OVER (
            PARTITION BY entity_type, entity_id ORDER BY entity_version
        ) AS before_it
    FROM domain_events
    WHERE entity_id IS NOT NULL AND entity_version IS NOT NULL
) AS versions
WHERE entity_version > before_it + 1
ORDER BY entity_type, entity_id, first_missing;

$ query state order ord_1
SELECT seq, event_id, event_type, event_version, occurred_at, state, after
FROM (
    SELECT *, row_number() OVER (PARTITION BY state ORDER BY seq DESC) AS place
    FROM (
        SELECT seq, CAST(event_id AS text) AS event_id, event_type, event_version, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at,
            CAST(envelope -> 'payload' -> 'after' AS text) AS after,
            CASE
                WHEN event_type IN ('order.payment.completed', 'order_paid', 'order.ship.completed') THEN 'OrderState'
            END AS state
        FROM domain_events
        WHERE entity_type = 'order' AND entity_id = 'ord_1' AND occurred_at <= '2026-11-30T12:00:00.000000Z'
    ) AS changes
    WHERE state IS NOT NULL AND after IS NOT NULL
) AS latest
WHERE place = 1
ORDER BY state;

$ query state order ord_1 --at 2026-11-30T01:00:00Z
SELECT seq, event_id, event_type, event_version, occurred_at, state, after
FROM (
    SELECT *, row_number() OVER (PARTITION BY state ORDER BY seq DESC) AS place
    FROM (
        SELECT seq, CAST(event_id AS text) AS event_id, event_type, event_version, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at,
            CAST(envelope -> 'payload' -> 'after' AS text) AS after,
            CASE
                WHEN event_type IN ('order.payment.completed', 'order_paid', 'order.ship.completed') THEN 'OrderState'
            END AS state
        FROM domain_events
        WHERE entity_type = 'order' AND entity_id = 'ord_1' AND occurred_at <= '2026-11-30T01:00:00.000000Z'
    ) AS changes
    WHERE state IS NOT NULL AND after IS NOT NULL
) AS latest
WHERE place = 1
ORDER BY state;

