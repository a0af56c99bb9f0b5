-- Views over the events of `delivery-faults`: one for each version of each event, and `_latest`.
-- `export sql --dialect duckdb` wrote this file.
-- The views read `domain_events`, whose column `envelope` has one envelope a row.
-- If your files have other names, create it yourself before you run this script.
CREATE VIEW IF NOT EXISTS domain_events AS
SELECT json AS envelope FROM read_ndjson_objects('events.ndjson');

CREATE OR REPLACE VIEW ev_parcel_changed_v1 AS
SELECT
    CAST(envelope ->> '/event_id' AS UUID) AS event_id,
    envelope ->> '/event_type' AS event_type,
    CAST(envelope ->> '/event_version' AS BIGINT) AS event_version,
    CAST(envelope ->> '/occurred_at' AS TIMESTAMPTZ) AS occurred_at,
    CAST(envelope ->> '/recorded_at' AS TIMESTAMPTZ) AS recorded_at,
    envelope ->> '/level' AS level,
    CAST(envelope ->> '/sequence' AS BIGINT) AS sequence,
    CAST(envelope ->> '/sample_rate' AS DOUBLE) AS sample_rate,
    envelope ->> '/sample_reason' AS sample_reason,
    envelope ->> '/actor/type' AS actor_type,
    envelope ->> '/actor/id' AS actor_id,
    envelope ->> '/actor/session_id' AS actor_session_id,
    envelope ->> '/entity/type' AS entity_type,
    envelope ->> '/entity/id' AS entity_id,
    CAST(envelope ->> '/entity/version' AS UBIGINT) AS entity_version,
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/correlation_id' AS correlation_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/context/request_id' AS "request_id",
    envelope ->> '/context/ip' AS "ip",
    envelope ->> '/payload/parcel_id' AS "parcel_id",
    CAST(envelope ->> '/payload/parcel_version' AS UBIGINT) AS "parcel_version",
    CAST(envelope ->> '/payload/is_fragile' AS BOOLEAN) AS "is_fragile",
    CAST(envelope ->> '/payload/smallest' AS BIGINT) AS "smallest",
    CAST(envelope ->> '/payload/largest' AS UBIGINT) AS "largest",
    CAST(envelope ->> '/payload/ratio' AS DOUBLE) AS "ratio",
    envelope ->> '/payload/insured' AS "insured",
    envelope ->> '/payload/note' AS "note",
    envelope ->> '/payload/letter' AS "letter",
    CAST(envelope ->> '/payload/arrives_at' AS TIMESTAMPTZ) AS "arrives_at",
    CAST(envelope ->> '/payload/posted_on' AS DATE) AS "posted_on",
    CAST(envelope ->> '/payload/label_id' AS UUID) AS "label_id",
    envelope ->> '/payload/method' AS "method",
    nullif(envelope -> '/payload/address', 'null') AS "address",
    nullif(envelope -> '/payload/stops', 'null') AS "stops",
    nullif(envelope -> '/payload/visits', 'null') AS "visits",
    envelope ->> '/payload/card_number' AS "card_number",
    CAST(envelope ->> '/payload/retries' AS BIGINT) AS "retries",
    nullif(envelope -> '/payload/labels', 'null') AS "labels",
    envelope ->> '/payload/hint' AS "hint",
    CAST(envelope ->> '/payload/seq' AS BIGINT) AS "payload_seq",
    envelope ->> '/payload/Event_Id' AS "payload_Event_Id",
    envelope ->> '/payload/envelope' AS "envelope",
    envelope ->> '/payload/select' AS "select",
    coalesce(envelope ->> '/payload/it''s {a}~1~0keyé', envelope ->> '/payload/old key') AS "it's {a}/~keyé"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('parcel.changed') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 1;
COMMENT ON VIEW ev_parcel_changed_v1 IS 'A parcel was changed. It''s the event that has "everything":
`--`, \ and /* too.

`parcel.changed`, version 1. Left out of every record: `cvv`.';
COMMENT ON COLUMN ev_parcel_changed_v1."request_id" IS 'The request.

From the context.';
COMMENT ON COLUMN ev_parcel_changed_v1."ip" IS 'Where it came from.

From the context. Masked: ip.';
COMMENT ON COLUMN ev_parcel_changed_v1."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_changed_v1."parcel_version" IS 'How often it was changed.';
COMMENT ON COLUMN ev_parcel_changed_v1."is_fragile" IS 'Whether it may break.';
COMMENT ON COLUMN ev_parcel_changed_v1."smallest" IS 'The smallest number.';
COMMENT ON COLUMN ev_parcel_changed_v1."largest" IS 'The largest number.';
COMMENT ON COLUMN ev_parcel_changed_v1."ratio" IS 'A share.';
COMMENT ON COLUMN ev_parcel_changed_v1."insured" IS 'What is insured.';
COMMENT ON COLUMN ev_parcel_changed_v1."note" IS 'What the sender says, with ''quotes''.';
COMMENT ON COLUMN ev_parcel_changed_v1."letter" IS 'One letter.';
COMMENT ON COLUMN ev_parcel_changed_v1."arrives_at" IS 'When it arrives.';
COMMENT ON COLUMN ev_parcel_changed_v1."posted_on" IS 'On which day it was posted.';
COMMENT ON COLUMN ev_parcel_changed_v1."label_id" IS 'The number of its label.';
COMMENT ON COLUMN ev_parcel_changed_v1."method" IS 'How it is paid.';
COMMENT ON COLUMN ev_parcel_changed_v1."address" IS 'Where it goes.';
COMMENT ON COLUMN ev_parcel_changed_v1."stops" IS 'Where it was.';
COMMENT ON COLUMN ev_parcel_changed_v1."visits" IS 'How often it was where.';
COMMENT ON COLUMN ev_parcel_changed_v1."card_number" IS 'Who pays.

Masked: last4.';
COMMENT ON COLUMN ev_parcel_changed_v1."retries" IS 'A number that may be absent.';
COMMENT ON COLUMN ev_parcel_changed_v1."labels" IS 'A list that may be absent.';
COMMENT ON COLUMN ev_parcel_changed_v1."hint" IS 'A text that is left out.';
COMMENT ON COLUMN ev_parcel_changed_v1."payload_seq" IS 'A field with the name of a column.

The field `seq`.';
COMMENT ON COLUMN ev_parcel_changed_v1."payload_Event_Id" IS 'A field with the name of another column, nearly.

The field `Event_Id`.';
COMMENT ON COLUMN ev_parcel_changed_v1."envelope" IS 'A field with the name of what it is read from.';
COMMENT ON COLUMN ev_parcel_changed_v1."select" IS 'A word of SQL.';
COMMENT ON COLUMN ev_parcel_changed_v1."it's {a}/~keyé" IS 'A key that no database likes.';
CREATE OR REPLACE VIEW ev_parcel_changed_latest AS
SELECT * FROM ev_parcel_changed_v1;
COMMENT ON VIEW ev_parcel_changed_latest IS 'A parcel was changed. It''s the event that has "everything":
`--`, \ and /* too.

`parcel.changed`, every version, in the columns of version 1. Left out of every record: `cvv`.';
COMMENT ON COLUMN ev_parcel_changed_latest."request_id" IS 'The request.

From the context.';
COMMENT ON COLUMN ev_parcel_changed_latest."ip" IS 'Where it came from.

From the context. Masked: ip.';
COMMENT ON COLUMN ev_parcel_changed_latest."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_changed_latest."parcel_version" IS 'How often it was changed.';
COMMENT ON COLUMN ev_parcel_changed_latest."is_fragile" IS 'Whether it may break.';
COMMENT ON COLUMN ev_parcel_changed_latest."smallest" IS 'The smallest number.';
COMMENT ON COLUMN ev_parcel_changed_latest."largest" IS 'The largest number.';
COMMENT ON COLUMN ev_parcel_changed_latest."ratio" IS 'A share.';
COMMENT ON COLUMN ev_parcel_changed_latest."insured" IS 'What is insured.';
COMMENT ON COLUMN ev_parcel_changed_latest."note" IS 'What the sender says, with ''quotes''.';
COMMENT ON COLUMN ev_parcel_changed_latest."letter" IS 'One letter.';
COMMENT ON COLUMN ev_parcel_changed_latest."arrives_at" IS 'When it arrives.';
COMMENT ON COLUMN ev_parcel_changed_latest."posted_on" IS 'On which day it was posted.';
COMMENT ON COLUMN ev_parcel_changed_latest."label_id" IS 'The number of its label.';
COMMENT ON COLUMN ev_parcel_changed_latest."method" IS 'How it is paid.';
COMMENT ON COLUMN ev_parcel_changed_latest."address" IS 'Where it goes.';
COMMENT ON COLUMN ev_parcel_changed_latest."stops" IS 'Where it was.';
COMMENT ON COLUMN ev_parcel_changed_latest."visits" IS 'How often it was where.';
COMMENT ON COLUMN ev_parcel_changed_latest."card_number" IS 'Who pays.

Masked: last4.';
COMMENT ON COLUMN ev_parcel_changed_latest."retries" IS 'A number that may be absent.';
COMMENT ON COLUMN ev_parcel_changed_latest."labels" IS 'A list that may be absent.';
COMMENT ON COLUMN ev_parcel_changed_latest."hint" IS 'A text that is left out.';
COMMENT ON COLUMN ev_parcel_changed_latest."payload_seq" IS 'A field with the name of a column.

The field `seq`.';
COMMENT ON COLUMN ev_parcel_changed_latest."payload_Event_Id" IS 'A field with the name of another column, nearly.

The field `Event_Id`.';
COMMENT ON COLUMN ev_parcel_changed_latest."envelope" IS 'A field with the name of what it is read from.';
COMMENT ON COLUMN ev_parcel_changed_latest."select" IS 'A word of SQL.';
COMMENT ON COLUMN ev_parcel_changed_latest."it's {a}/~keyé" IS 'A key that no database likes.';

CREATE OR REPLACE VIEW ev_parcel_received_v1 AS
SELECT
    CAST(envelope ->> '/event_id' AS UUID) AS event_id,
    envelope ->> '/event_type' AS event_type,
    CAST(envelope ->> '/event_version' AS BIGINT) AS event_version,
    CAST(envelope ->> '/occurred_at' AS TIMESTAMPTZ) AS occurred_at,
    CAST(envelope ->> '/recorded_at' AS TIMESTAMPTZ) AS recorded_at,
    envelope ->> '/level' AS level,
    CAST(envelope ->> '/sequence' AS BIGINT) AS sequence,
    CAST(envelope ->> '/sample_rate' AS DOUBLE) AS sample_rate,
    envelope ->> '/sample_reason' AS sample_reason,
    envelope ->> '/actor/type' AS actor_type,
    envelope ->> '/actor/id' AS actor_id,
    envelope ->> '/actor/session_id' AS actor_session_id,
    envelope ->> '/entity/type' AS entity_type,
    envelope ->> '/entity/id' AS entity_id,
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/correlation_id' AS correlation_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/payload/parcel_id' AS "parcel_id",
    CAST(envelope ->> '/payload/weight' AS BIGINT) AS "weight",
    envelope ->> '/payload/label' AS "label"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('parcel.received') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 1;
COMMENT ON VIEW ev_parcel_received_v1 IS 'A parcel was received.

`parcel.received`, version 1.';
COMMENT ON COLUMN ev_parcel_received_v1."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_received_v1."weight" IS 'What it weighs.

Unit: g.';
COMMENT ON COLUMN ev_parcel_received_v1."label" IS 'What it says.';
CREATE OR REPLACE VIEW ev_parcel_received_v2 AS
SELECT
    CAST(envelope ->> '/event_id' AS UUID) AS event_id,
    envelope ->> '/event_type' AS event_type,
    CAST(envelope ->> '/event_version' AS BIGINT) AS event_version,
    CAST(envelope ->> '/occurred_at' AS TIMESTAMPTZ) AS occurred_at,
    CAST(envelope ->> '/recorded_at' AS TIMESTAMPTZ) AS recorded_at,
    envelope ->> '/level' AS level,
    CAST(envelope ->> '/sequence' AS BIGINT) AS sequence,
    CAST(envelope ->> '/sample_rate' AS DOUBLE) AS sample_rate,
    envelope ->> '/sample_reason' AS sample_reason,
    envelope ->> '/actor/type' AS actor_type,
    envelope ->> '/actor/id' AS actor_id,
    envelope ->> '/actor/session_id' AS actor_session_id,
    envelope ->> '/entity/type' AS entity_type,
    envelope ->> '/entity/id' AS entity_id,
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/correlation_id' AS correlation_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/payload/parcel_id' AS "parcel_id",
    CAST(envelope ->> '/payload/weight' AS UBIGINT) AS "weight",
    envelope ->> '/payload/text' AS "text",
    envelope ->> '/payload/depot' AS "depot"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('parcel.received') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 2;
COMMENT ON VIEW ev_parcel_received_v2 IS 'A parcel was received, wherever it is.

`parcel.received`, version 2.';
COMMENT ON COLUMN ev_parcel_received_v2."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_received_v2."weight" IS 'What it weighs.

Unit: g.';
COMMENT ON COLUMN ev_parcel_received_v2."text" IS 'What it says.';
COMMENT ON COLUMN ev_parcel_received_v2."depot" IS 'Where it is.';
CREATE OR REPLACE VIEW ev_parcel_received_latest AS
SELECT
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    level,
    sequence,
    sample_rate,
    sample_reason,
    actor_type,
    actor_id,
    actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    parent_span_id,
    correlation_id,
    causation_id,
    service,
    service_version,
    environment,
    service_host,
    service_pid,
    "parcel_id",
    CAST("weight" AS UBIGINT) AS "weight",
    "label" AS "text",
    CAST(NULL AS VARCHAR) AS "depot"
FROM ev_parcel_received_v1
UNION ALL
SELECT
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    level,
    sequence,
    sample_rate,
    sample_reason,
    actor_type,
    actor_id,
    actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    parent_span_id,
    correlation_id,
    causation_id,
    service,
    service_version,
    environment,
    service_host,
    service_pid,
    "parcel_id",
    "weight",
    "text",
    "depot"
FROM ev_parcel_received_v2;
COMMENT ON VIEW ev_parcel_received_latest IS 'A parcel was received, wherever it is.

`parcel.received`, every version, in the columns of version 2.';
COMMENT ON COLUMN ev_parcel_received_latest."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_received_latest."weight" IS 'What it weighs.

Unit: g.';
COMMENT ON COLUMN ev_parcel_received_latest."text" IS 'What it says.';
COMMENT ON COLUMN ev_parcel_received_latest."depot" IS 'Where it is.';

CREATE OR REPLACE VIEW ev_parcel_sent_v1 AS
SELECT
    CAST(envelope ->> '/event_id' AS UUID) AS event_id,
    envelope ->> '/event_type' AS event_type,
    CAST(envelope ->> '/event_version' AS BIGINT) AS event_version,
    CAST(envelope ->> '/occurred_at' AS TIMESTAMPTZ) AS occurred_at,
    CAST(envelope ->> '/recorded_at' AS TIMESTAMPTZ) AS recorded_at,
    envelope ->> '/level' AS level,
    CAST(envelope ->> '/sequence' AS BIGINT) AS sequence,
    CAST(envelope ->> '/sample_rate' AS DOUBLE) AS sample_rate,
    envelope ->> '/sample_reason' AS sample_reason,
    envelope ->> '/actor/type' AS actor_type,
    envelope ->> '/actor/id' AS actor_id,
    envelope ->> '/actor/session_id' AS actor_session_id,
    envelope ->> '/entity/type' AS entity_type,
    envelope ->> '/entity/id' AS entity_id,
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/correlation_id' AS correlation_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/payload/parcel_id' AS "parcel_id",
    CAST(envelope ->> '/payload/price_cents' AS BIGINT) AS "price_cents",
    CAST(envelope ->> '/payload/zone' AS BIGINT) AS "zone"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('parcel.sent') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 1;
COMMENT ON VIEW ev_parcel_sent_v1 IS 'A parcel was sent.

`parcel.sent`, version 1.';
COMMENT ON COLUMN ev_parcel_sent_v1."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_sent_v1."price_cents" IS 'What it costs.

Unit: cents.';
COMMENT ON COLUMN ev_parcel_sent_v1."zone" IS 'Which zone it goes to.';
CREATE OR REPLACE VIEW ev_parcel_sent_v2 AS
SELECT
    CAST(envelope ->> '/event_id' AS UUID) AS event_id,
    envelope ->> '/event_type' AS event_type,
    CAST(envelope ->> '/event_version' AS BIGINT) AS event_version,
    CAST(envelope ->> '/occurred_at' AS TIMESTAMPTZ) AS occurred_at,
    CAST(envelope ->> '/recorded_at' AS TIMESTAMPTZ) AS recorded_at,
    envelope ->> '/level' AS level,
    CAST(envelope ->> '/sequence' AS BIGINT) AS sequence,
    CAST(envelope ->> '/sample_rate' AS DOUBLE) AS sample_rate,
    envelope ->> '/sample_reason' AS sample_reason,
    envelope ->> '/actor/type' AS actor_type,
    envelope ->> '/actor/id' AS actor_id,
    envelope ->> '/actor/session_id' AS actor_session_id,
    envelope ->> '/entity/type' AS entity_type,
    envelope ->> '/entity/id' AS entity_id,
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/correlation_id' AS correlation_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/payload/parcel_id' AS "parcel_id",
    envelope ->> '/payload/price' AS "price",
    CAST(envelope ->> '/payload/zone' AS BIGINT) AS "zone"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('parcel.sent') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 2;
COMMENT ON VIEW ev_parcel_sent_v2 IS 'A parcel was sent.

`parcel.sent`, version 2.';
COMMENT ON COLUMN ev_parcel_sent_v2."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_sent_v2."price" IS 'What it costs.';
COMMENT ON COLUMN ev_parcel_sent_v2."zone" IS 'Which zone it goes to.';
CREATE OR REPLACE VIEW ev_parcel_sent_latest AS
SELECT
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    level,
    sequence,
    sample_rate,
    sample_reason,
    actor_type,
    actor_id,
    actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    parent_span_id,
    correlation_id,
    causation_id,
    service,
    service_version,
    environment,
    service_host,
    service_pid,
    CAST(NULL AS VARCHAR) AS "parcel_id",
    CAST(NULL AS VARCHAR) AS "price",
    CAST(NULL AS BIGINT) AS "zone"
FROM ev_parcel_sent_v1
UNION ALL
SELECT
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    level,
    sequence,
    sample_rate,
    sample_reason,
    actor_type,
    actor_id,
    actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    parent_span_id,
    correlation_id,
    causation_id,
    service,
    service_version,
    environment,
    service_host,
    service_pid,
    "parcel_id",
    "price",
    "zone"
FROM ev_parcel_sent_v2;
COMMENT ON VIEW ev_parcel_sent_latest IS 'A parcel was sent.

`parcel.sent`, every version, in the columns of version 2.

NULL in rows of version 1, because code in Rust computes them: `parcel_id`, `price`, `zone`.';
COMMENT ON COLUMN ev_parcel_sent_latest."parcel_id" IS 'The parcel.';
COMMENT ON COLUMN ev_parcel_sent_latest."price" IS 'What it costs.';
COMMENT ON COLUMN ev_parcel_sent_latest."zone" IS 'Which zone it goes to.';
