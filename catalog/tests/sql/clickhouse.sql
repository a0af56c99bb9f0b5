-- Views over the events of `catalog`: one for each version of each event, and `_latest`.
-- `export sql --dialect clickhouse` wrote this file.
-- The views read `domain_events`, whose column `envelope` has one envelope a row.
-- If your files have other names, create it yourself before you run this script.
CREATE VIEW IF NOT EXISTS domain_events AS
SELECT envelope FROM file('events.ndjson', 'LineAsString', 'envelope String');

CREATE OR REPLACE VIEW ev_payment_process_started_v1 (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "order_id" Nullable(String) COMMENT 'The order being paid, absent when there is none yet.',
    "amount" Nullable(Decimal(76, 28)) COMMENT 'What is paid, in units of `currency`. Decimal, because money is exact.',
    "currency" Nullable(String) COMMENT 'ISO 4217 code, absent when it is the shop\'s own currency.'
) AS
SELECT
    CAST(JSONExtract(domain_events.envelope, 'event_id', 'Nullable(String)') AS Nullable(UUID)) AS event_id,
    JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)') AS event_type,
    JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)') AS event_version,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'occurred_at', 'Nullable(String)'), 6, 'UTC') AS occurred_at,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'recorded_at', 'Nullable(String)'), 6, 'UTC') AS recorded_at,
    JSONExtract(domain_events.envelope, 'level', 'Nullable(String)') AS level,
    JSONExtract(domain_events.envelope, 'sequence', 'Nullable(Int64)') AS sequence,
    JSONExtract(domain_events.envelope, 'sample_rate', 'Nullable(Float64)') AS sample_rate,
    JSONExtract(domain_events.envelope, 'sample_reason', 'Nullable(String)') AS sample_reason,
    JSONExtract(domain_events.envelope, 'actor', 'type', 'Nullable(String)') AS actor_type,
    JSONExtract(domain_events.envelope, 'actor', 'id', 'Nullable(String)') AS actor_id,
    JSONExtract(domain_events.envelope, 'actor', 'session_id', 'Nullable(String)') AS actor_session_id,
    JSONExtract(domain_events.envelope, 'context', 'trace_id', 'Nullable(String)') AS trace_id,
    JSONExtract(domain_events.envelope, 'context', 'span_id', 'Nullable(String)') AS span_id,
    JSONExtract(domain_events.envelope, 'context', 'parent_span_id', 'Nullable(String)') AS parent_span_id,
    JSONExtract(domain_events.envelope, 'context', 'correlation_id', 'Nullable(String)') AS correlation_id,
    JSONExtract(domain_events.envelope, 'context', 'causation_id', 'Nullable(String)') AS causation_id,
    JSONExtract(domain_events.envelope, 'context', 'service', 'Nullable(String)') AS service,
    JSONExtract(domain_events.envelope, 'context', 'service_version', 'Nullable(String)') AS service_version,
    JSONExtract(domain_events.envelope, 'context', 'environment', 'Nullable(String)') AS environment,
    JSONExtract(domain_events.envelope, 'context', 'service_host', 'Nullable(String)') AS service_host,
    JSONExtract(domain_events.envelope, 'context', 'service_pid', 'Nullable(Int64)') AS service_pid,
    JSONExtract(domain_events.envelope, 'payload', 'order_id', 'Nullable(String)') AS "order_id",
    CAST(JSONExtract(domain_events.envelope, 'payload', 'amount', 'Nullable(String)') AS Nullable(Decimal(76, 28))) AS "amount",
    JSONExtract(domain_events.envelope, 'payload', 'currency', 'Nullable(String)') AS "currency"
FROM domain_events
WHERE (JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)')) IN ('payment.process.started') AND (JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)')) = 1
COMMENT 'A customer\'s money is being taken, told before the shop knew more than one way to pay.

`payment.process.started`, version 1. Owner: payments.';
CREATE OR REPLACE VIEW ev_payment_process_started_v2 (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "order_id" Nullable(String) COMMENT 'The order being paid, absent when there is none yet.',
    "amount" Nullable(Decimal(76, 28)) COMMENT 'What is paid, in units of `currency`. Decimal, because money is exact.',
    "currency" Nullable(String) COMMENT 'ISO 4217 code, absent when it is the shop\'s own currency.',
    "payment_method" Nullable(String) COMMENT 'How the customer pays.',
    "user_email" Nullable(String) COMMENT 'Where the receipt goes.

Masked: email.',
    "card_number" Nullable(String) COMMENT 'The card that is charged.

Masked: last4.'
) AS
SELECT
    CAST(JSONExtract(domain_events.envelope, 'event_id', 'Nullable(String)') AS Nullable(UUID)) AS event_id,
    JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)') AS event_type,
    JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)') AS event_version,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'occurred_at', 'Nullable(String)'), 6, 'UTC') AS occurred_at,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'recorded_at', 'Nullable(String)'), 6, 'UTC') AS recorded_at,
    JSONExtract(domain_events.envelope, 'level', 'Nullable(String)') AS level,
    JSONExtract(domain_events.envelope, 'sequence', 'Nullable(Int64)') AS sequence,
    JSONExtract(domain_events.envelope, 'sample_rate', 'Nullable(Float64)') AS sample_rate,
    JSONExtract(domain_events.envelope, 'sample_reason', 'Nullable(String)') AS sample_reason,
    JSONExtract(domain_events.envelope, 'actor', 'type', 'Nullable(String)') AS actor_type,
    JSONExtract(domain_events.envelope, 'actor', 'id', 'Nullable(String)') AS actor_id,
    JSONExtract(domain_events.envelope, 'actor', 'session_id', 'Nullable(String)') AS actor_session_id,
    JSONExtract(domain_events.envelope, 'context', 'trace_id', 'Nullable(String)') AS trace_id,
    JSONExtract(domain_events.envelope, 'context', 'span_id', 'Nullable(String)') AS span_id,
    JSONExtract(domain_events.envelope, 'context', 'parent_span_id', 'Nullable(String)') AS parent_span_id,
    JSONExtract(domain_events.envelope, 'context', 'correlation_id', 'Nullable(String)') AS correlation_id,
    JSONExtract(domain_events.envelope, 'context', 'causation_id', 'Nullable(String)') AS causation_id,
    JSONExtract(domain_events.envelope, 'context', 'service', 'Nullable(String)') AS service,
    JSONExtract(domain_events.envelope, 'context', 'service_version', 'Nullable(String)') AS service_version,
    JSONExtract(domain_events.envelope, 'context', 'environment', 'Nullable(String)') AS environment,
    JSONExtract(domain_events.envelope, 'context', 'service_host', 'Nullable(String)') AS service_host,
    JSONExtract(domain_events.envelope, 'context', 'service_pid', 'Nullable(Int64)') AS service_pid,
    JSONExtract(domain_events.envelope, 'payload', 'order_id', 'Nullable(String)') AS "order_id",
    CAST(JSONExtract(domain_events.envelope, 'payload', 'amount', 'Nullable(String)') AS Nullable(Decimal(76, 28))) AS "amount",
    JSONExtract(domain_events.envelope, 'payload', 'currency', 'Nullable(String)') AS "currency",
    JSONExtract(domain_events.envelope, 'payload', 'payment_method', 'Nullable(String)') AS "payment_method",
    JSONExtract(domain_events.envelope, 'payload', 'user_email', 'Nullable(String)') AS "user_email",
    JSONExtract(domain_events.envelope, 'payload', 'card_number', 'Nullable(String)') AS "card_number"
FROM domain_events
WHERE (JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)')) IN ('payment.process.started') AND (JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)')) = 2
COMMENT 'A customer\'s money is being taken.

`payment.process.started`, version 2. Owner: payments.';
CREATE OR REPLACE VIEW ev_payment_process_started_latest (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "order_id" Nullable(String) COMMENT 'The order being paid, absent when there is none yet.',
    "amount" Nullable(Decimal(76, 28)) COMMENT 'What is paid, in units of `currency`. Decimal, because money is exact.',
    "currency" Nullable(String) COMMENT 'ISO 4217 code, absent when it is the shop\'s own currency.',
    "payment_method" Nullable(String) COMMENT 'How the customer pays.',
    "user_email" Nullable(String) COMMENT 'Where the receipt goes.

Masked: email.',
    "card_number" Nullable(String) COMMENT 'The card that is charged.

Masked: last4.'
) AS
SELECT
    ev_payment_process_started_v1.event_id AS event_id,
    ev_payment_process_started_v1.event_type AS event_type,
    ev_payment_process_started_v1.event_version AS event_version,
    ev_payment_process_started_v1.occurred_at AS occurred_at,
    ev_payment_process_started_v1.recorded_at AS recorded_at,
    ev_payment_process_started_v1.level AS level,
    ev_payment_process_started_v1.sequence AS sequence,
    ev_payment_process_started_v1.sample_rate AS sample_rate,
    ev_payment_process_started_v1.sample_reason AS sample_reason,
    ev_payment_process_started_v1.actor_type AS actor_type,
    ev_payment_process_started_v1.actor_id AS actor_id,
    ev_payment_process_started_v1.actor_session_id AS actor_session_id,
    ev_payment_process_started_v1.trace_id AS trace_id,
    ev_payment_process_started_v1.span_id AS span_id,
    ev_payment_process_started_v1.parent_span_id AS parent_span_id,
    ev_payment_process_started_v1.correlation_id AS correlation_id,
    ev_payment_process_started_v1.causation_id AS causation_id,
    ev_payment_process_started_v1.service AS service,
    ev_payment_process_started_v1.service_version AS service_version,
    ev_payment_process_started_v1.environment AS environment,
    ev_payment_process_started_v1.service_host AS service_host,
    ev_payment_process_started_v1.service_pid AS service_pid,
    ev_payment_process_started_v1."order_id" AS "order_id",
    ev_payment_process_started_v1."amount" AS "amount",
    ev_payment_process_started_v1."currency" AS "currency",
    CAST(NULL AS Nullable(String)) AS "payment_method",
    CAST(NULL AS Nullable(String)) AS "user_email",
    CAST(NULL AS Nullable(String)) AS "card_number"
FROM ev_payment_process_started_v1
UNION ALL
SELECT
    ev_payment_process_started_v2.event_id AS event_id,
    ev_payment_process_started_v2.event_type AS event_type,
    ev_payment_process_started_v2.event_version AS event_version,
    ev_payment_process_started_v2.occurred_at AS occurred_at,
    ev_payment_process_started_v2.recorded_at AS recorded_at,
    ev_payment_process_started_v2.level AS level,
    ev_payment_process_started_v2.sequence AS sequence,
    ev_payment_process_started_v2.sample_rate AS sample_rate,
    ev_payment_process_started_v2.sample_reason AS sample_reason,
    ev_payment_process_started_v2.actor_type AS actor_type,
    ev_payment_process_started_v2.actor_id AS actor_id,
    ev_payment_process_started_v2.actor_session_id AS actor_session_id,
    ev_payment_process_started_v2.trace_id AS trace_id,
    ev_payment_process_started_v2.span_id AS span_id,
    ev_payment_process_started_v2.parent_span_id AS parent_span_id,
    ev_payment_process_started_v2.correlation_id AS correlation_id,
    ev_payment_process_started_v2.causation_id AS causation_id,
    ev_payment_process_started_v2.service AS service,
    ev_payment_process_started_v2.service_version AS service_version,
    ev_payment_process_started_v2.environment AS environment,
    ev_payment_process_started_v2.service_host AS service_host,
    ev_payment_process_started_v2.service_pid AS service_pid,
    ev_payment_process_started_v2."order_id" AS "order_id",
    ev_payment_process_started_v2."amount" AS "amount",
    ev_payment_process_started_v2."currency" AS "currency",
    ev_payment_process_started_v2."payment_method" AS "payment_method",
    ev_payment_process_started_v2."user_email" AS "user_email",
    ev_payment_process_started_v2."card_number" AS "card_number"
FROM ev_payment_process_started_v2
COMMENT 'A customer\'s money is being taken.

`payment.process.started`, every version, in the columns of version 2. Owner: payments.';

CREATE OR REPLACE VIEW ev_payment_refund_initiated_v1 (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    entity_type Nullable(String),
    entity_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "transaction_id" Nullable(String) COMMENT 'The payment that is given back, by the gateway\'s number.',
    "amount_cents" Nullable(Int64) COMMENT 'What is given back, in hundredths of the shop\'s currency, which had no others.'
) AS
SELECT
    CAST(JSONExtract(domain_events.envelope, 'event_id', 'Nullable(String)') AS Nullable(UUID)) AS event_id,
    JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)') AS event_type,
    JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)') AS event_version,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'occurred_at', 'Nullable(String)'), 6, 'UTC') AS occurred_at,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'recorded_at', 'Nullable(String)'), 6, 'UTC') AS recorded_at,
    JSONExtract(domain_events.envelope, 'level', 'Nullable(String)') AS level,
    JSONExtract(domain_events.envelope, 'sequence', 'Nullable(Int64)') AS sequence,
    JSONExtract(domain_events.envelope, 'sample_rate', 'Nullable(Float64)') AS sample_rate,
    JSONExtract(domain_events.envelope, 'sample_reason', 'Nullable(String)') AS sample_reason,
    JSONExtract(domain_events.envelope, 'actor', 'type', 'Nullable(String)') AS actor_type,
    JSONExtract(domain_events.envelope, 'actor', 'id', 'Nullable(String)') AS actor_id,
    JSONExtract(domain_events.envelope, 'actor', 'session_id', 'Nullable(String)') AS actor_session_id,
    JSONExtract(domain_events.envelope, 'entity', 'type', 'Nullable(String)') AS entity_type,
    JSONExtract(domain_events.envelope, 'entity', 'id', 'Nullable(String)') AS entity_id,
    JSONExtract(domain_events.envelope, 'context', 'trace_id', 'Nullable(String)') AS trace_id,
    JSONExtract(domain_events.envelope, 'context', 'span_id', 'Nullable(String)') AS span_id,
    JSONExtract(domain_events.envelope, 'context', 'parent_span_id', 'Nullable(String)') AS parent_span_id,
    JSONExtract(domain_events.envelope, 'context', 'correlation_id', 'Nullable(String)') AS correlation_id,
    JSONExtract(domain_events.envelope, 'context', 'causation_id', 'Nullable(String)') AS causation_id,
    JSONExtract(domain_events.envelope, 'context', 'service', 'Nullable(String)') AS service,
    JSONExtract(domain_events.envelope, 'context', 'service_version', 'Nullable(String)') AS service_version,
    JSONExtract(domain_events.envelope, 'context', 'environment', 'Nullable(String)') AS environment,
    JSONExtract(domain_events.envelope, 'context', 'service_host', 'Nullable(String)') AS service_host,
    JSONExtract(domain_events.envelope, 'context', 'service_pid', 'Nullable(Int64)') AS service_pid,
    JSONExtract(domain_events.envelope, 'payload', 'transaction_id', 'Nullable(String)') AS "transaction_id",
    JSONExtract(domain_events.envelope, 'payload', 'amount_cents', 'Nullable(Int64)') AS "amount_cents"
FROM domain_events
WHERE (JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)')) IN ('payment.refund.initiated') AND (JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)')) = 1
COMMENT 'A refund was decided, in minor units of the shop\'s own currency.

`payment.refund.initiated`, version 1. Owner: payments.';
CREATE OR REPLACE VIEW ev_payment_refund_initiated_v2 (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    entity_type Nullable(String),
    entity_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "transaction_id" Nullable(String) COMMENT 'The payment that is given back, by the gateway\'s number.',
    "amount" Nullable(Decimal(76, 28)) COMMENT 'What is given back; it may be a part of what was paid.'
) AS
SELECT
    CAST(JSONExtract(domain_events.envelope, 'event_id', 'Nullable(String)') AS Nullable(UUID)) AS event_id,
    JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)') AS event_type,
    JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)') AS event_version,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'occurred_at', 'Nullable(String)'), 6, 'UTC') AS occurred_at,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'recorded_at', 'Nullable(String)'), 6, 'UTC') AS recorded_at,
    JSONExtract(domain_events.envelope, 'level', 'Nullable(String)') AS level,
    JSONExtract(domain_events.envelope, 'sequence', 'Nullable(Int64)') AS sequence,
    JSONExtract(domain_events.envelope, 'sample_rate', 'Nullable(Float64)') AS sample_rate,
    JSONExtract(domain_events.envelope, 'sample_reason', 'Nullable(String)') AS sample_reason,
    JSONExtract(domain_events.envelope, 'actor', 'type', 'Nullable(String)') AS actor_type,
    JSONExtract(domain_events.envelope, 'actor', 'id', 'Nullable(String)') AS actor_id,
    JSONExtract(domain_events.envelope, 'actor', 'session_id', 'Nullable(String)') AS actor_session_id,
    JSONExtract(domain_events.envelope, 'entity', 'type', 'Nullable(String)') AS entity_type,
    JSONExtract(domain_events.envelope, 'entity', 'id', 'Nullable(String)') AS entity_id,
    JSONExtract(domain_events.envelope, 'context', 'trace_id', 'Nullable(String)') AS trace_id,
    JSONExtract(domain_events.envelope, 'context', 'span_id', 'Nullable(String)') AS span_id,
    JSONExtract(domain_events.envelope, 'context', 'parent_span_id', 'Nullable(String)') AS parent_span_id,
    JSONExtract(domain_events.envelope, 'context', 'correlation_id', 'Nullable(String)') AS correlation_id,
    JSONExtract(domain_events.envelope, 'context', 'causation_id', 'Nullable(String)') AS causation_id,
    JSONExtract(domain_events.envelope, 'context', 'service', 'Nullable(String)') AS service,
    JSONExtract(domain_events.envelope, 'context', 'service_version', 'Nullable(String)') AS service_version,
    JSONExtract(domain_events.envelope, 'context', 'environment', 'Nullable(String)') AS environment,
    JSONExtract(domain_events.envelope, 'context', 'service_host', 'Nullable(String)') AS service_host,
    JSONExtract(domain_events.envelope, 'context', 'service_pid', 'Nullable(Int64)') AS service_pid,
    JSONExtract(domain_events.envelope, 'payload', 'transaction_id', 'Nullable(String)') AS "transaction_id",
    CAST(JSONExtract(domain_events.envelope, 'payload', 'amount', 'Nullable(String)') AS Nullable(Decimal(76, 28))) AS "amount"
FROM domain_events
WHERE (JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)')) IN ('payment.refund.initiated') AND (JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)')) = 2
COMMENT 'A refund was decided.

`payment.refund.initiated`, version 2. Owner: payments.';
CREATE OR REPLACE VIEW ev_payment_refund_initiated_latest (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    entity_type Nullable(String),
    entity_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    correlation_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "transaction_id" Nullable(String) COMMENT 'The payment that is given back, by the gateway\'s number.',
    "amount" Nullable(Decimal(76, 28)) COMMENT 'What is given back; it may be a part of what was paid.'
) AS
SELECT
    ev_payment_refund_initiated_v1.event_id AS event_id,
    ev_payment_refund_initiated_v1.event_type AS event_type,
    ev_payment_refund_initiated_v1.event_version AS event_version,
    ev_payment_refund_initiated_v1.occurred_at AS occurred_at,
    ev_payment_refund_initiated_v1.recorded_at AS recorded_at,
    ev_payment_refund_initiated_v1.level AS level,
    ev_payment_refund_initiated_v1.sequence AS sequence,
    ev_payment_refund_initiated_v1.sample_rate AS sample_rate,
    ev_payment_refund_initiated_v1.sample_reason AS sample_reason,
    ev_payment_refund_initiated_v1.actor_type AS actor_type,
    ev_payment_refund_initiated_v1.actor_id AS actor_id,
    ev_payment_refund_initiated_v1.actor_session_id AS actor_session_id,
    ev_payment_refund_initiated_v1.entity_type AS entity_type,
    ev_payment_refund_initiated_v1.entity_id AS entity_id,
    ev_payment_refund_initiated_v1.trace_id AS trace_id,
    ev_payment_refund_initiated_v1.span_id AS span_id,
    ev_payment_refund_initiated_v1.parent_span_id AS parent_span_id,
    ev_payment_refund_initiated_v1.correlation_id AS correlation_id,
    ev_payment_refund_initiated_v1.causation_id AS causation_id,
    ev_payment_refund_initiated_v1.service AS service,
    ev_payment_refund_initiated_v1.service_version AS service_version,
    ev_payment_refund_initiated_v1.environment AS environment,
    ev_payment_refund_initiated_v1.service_host AS service_host,
    ev_payment_refund_initiated_v1.service_pid AS service_pid,
    CAST(NULL AS Nullable(String)) AS "transaction_id",
    CAST(NULL AS Nullable(Decimal(76, 28))) AS "amount"
FROM ev_payment_refund_initiated_v1
UNION ALL
SELECT
    ev_payment_refund_initiated_v2.event_id AS event_id,
    ev_payment_refund_initiated_v2.event_type AS event_type,
    ev_payment_refund_initiated_v2.event_version AS event_version,
    ev_payment_refund_initiated_v2.occurred_at AS occurred_at,
    ev_payment_refund_initiated_v2.recorded_at AS recorded_at,
    ev_payment_refund_initiated_v2.level AS level,
    ev_payment_refund_initiated_v2.sequence AS sequence,
    ev_payment_refund_initiated_v2.sample_rate AS sample_rate,
    ev_payment_refund_initiated_v2.sample_reason AS sample_reason,
    ev_payment_refund_initiated_v2.actor_type AS actor_type,
    ev_payment_refund_initiated_v2.actor_id AS actor_id,
    ev_payment_refund_initiated_v2.actor_session_id AS actor_session_id,
    ev_payment_refund_initiated_v2.entity_type AS entity_type,
    ev_payment_refund_initiated_v2.entity_id AS entity_id,
    ev_payment_refund_initiated_v2.trace_id AS trace_id,
    ev_payment_refund_initiated_v2.span_id AS span_id,
    ev_payment_refund_initiated_v2.parent_span_id AS parent_span_id,
    ev_payment_refund_initiated_v2.correlation_id AS correlation_id,
    ev_payment_refund_initiated_v2.causation_id AS causation_id,
    ev_payment_refund_initiated_v2.service AS service,
    ev_payment_refund_initiated_v2.service_version AS service_version,
    ev_payment_refund_initiated_v2.environment AS environment,
    ev_payment_refund_initiated_v2.service_host AS service_host,
    ev_payment_refund_initiated_v2.service_pid AS service_pid,
    ev_payment_refund_initiated_v2."transaction_id" AS "transaction_id",
    ev_payment_refund_initiated_v2."amount" AS "amount"
FROM ev_payment_refund_initiated_v2
COMMENT 'A refund was decided.

`payment.refund.initiated`, every version, in the columns of version 2. Owner: payments.

NULL in rows of version 1, because code in Rust computes them: `transaction_id`, `amount`.';

CREATE OR REPLACE VIEW ev_request_failed_v2 (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "request_id" Nullable(String) COMMENT 'Tells this request from all others: the caller\'s `X-Request-ID`, or the server\'s own.

From the context.',
    "correlation_id" Nullable(String) COMMENT 'Ties together the requests of several services that serve one purpose, when the caller
names it.

From the context.',
    "user_id" Nullable(String) COMMENT 'Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
store.

From the context.',
    "ip" Nullable(String) COMMENT 'Where the request came from, as far as the proxies can be trusted.

From the context. Masked: ip.',
    "code" Nullable(Int64) COMMENT 'HTTP status that the caller got instead of an answer: 500, unless the server chose
another one.',
    "method" Nullable(String) COMMENT 'HTTP method.',
    "route" Nullable(String) COMMENT 'Route that serves the path, its variable parts by name.',
    "query" Nullable(String) COMMENT 'What stood behind the `?`, which callers put secrets into; `null` when nothing did.

Masked: redact.',
    "exception" Nullable(String) COMMENT 'Trace of the exception, as the program writes it.',
    "error" Nullable(String) COMMENT 'What went wrong, in one line.',
    "duration_ms" Nullable(Float64) COMMENT 'From the request\'s headers until it failed.

Unit: ms.'
) AS
SELECT
    CAST(JSONExtract(domain_events.envelope, 'event_id', 'Nullable(String)') AS Nullable(UUID)) AS event_id,
    JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)') AS event_type,
    JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)') AS event_version,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'occurred_at', 'Nullable(String)'), 6, 'UTC') AS occurred_at,
    parseDateTime64BestEffortOrNull(JSONExtract(domain_events.envelope, 'recorded_at', 'Nullable(String)'), 6, 'UTC') AS recorded_at,
    JSONExtract(domain_events.envelope, 'level', 'Nullable(String)') AS level,
    JSONExtract(domain_events.envelope, 'sequence', 'Nullable(Int64)') AS sequence,
    JSONExtract(domain_events.envelope, 'sample_rate', 'Nullable(Float64)') AS sample_rate,
    JSONExtract(domain_events.envelope, 'sample_reason', 'Nullable(String)') AS sample_reason,
    JSONExtract(domain_events.envelope, 'actor', 'type', 'Nullable(String)') AS actor_type,
    JSONExtract(domain_events.envelope, 'actor', 'id', 'Nullable(String)') AS actor_id,
    JSONExtract(domain_events.envelope, 'actor', 'session_id', 'Nullable(String)') AS actor_session_id,
    JSONExtract(domain_events.envelope, 'context', 'trace_id', 'Nullable(String)') AS trace_id,
    JSONExtract(domain_events.envelope, 'context', 'span_id', 'Nullable(String)') AS span_id,
    JSONExtract(domain_events.envelope, 'context', 'parent_span_id', 'Nullable(String)') AS parent_span_id,
    JSONExtract(domain_events.envelope, 'context', 'causation_id', 'Nullable(String)') AS causation_id,
    JSONExtract(domain_events.envelope, 'context', 'service', 'Nullable(String)') AS service,
    JSONExtract(domain_events.envelope, 'context', 'service_version', 'Nullable(String)') AS service_version,
    JSONExtract(domain_events.envelope, 'context', 'environment', 'Nullable(String)') AS environment,
    JSONExtract(domain_events.envelope, 'context', 'service_host', 'Nullable(String)') AS service_host,
    JSONExtract(domain_events.envelope, 'context', 'service_pid', 'Nullable(Int64)') AS service_pid,
    JSONExtract(domain_events.envelope, 'context', 'request_id', 'Nullable(String)') AS "request_id",
    JSONExtract(domain_events.envelope, 'context', 'correlation_id', 'Nullable(String)') AS "correlation_id",
    JSONExtract(domain_events.envelope, 'context', 'user_id', 'Nullable(String)') AS "user_id",
    JSONExtract(domain_events.envelope, 'context', 'ip', 'Nullable(String)') AS "ip",
    JSONExtract(domain_events.envelope, 'payload', 'code', 'Nullable(Int64)') AS "code",
    JSONExtract(domain_events.envelope, 'payload', 'method', 'Nullable(String)') AS "method",
    JSONExtract(domain_events.envelope, 'payload', 'route', 'Nullable(String)') AS "route",
    JSONExtract(domain_events.envelope, 'payload', 'query', 'Nullable(String)') AS "query",
    JSONExtract(domain_events.envelope, 'payload', 'exception', 'Nullable(String)') AS "exception",
    JSONExtract(domain_events.envelope, 'payload', 'error', 'Nullable(String)') AS "error",
    JSONExtract(domain_events.envelope, 'payload', 'duration_ms', 'Nullable(Float64)') AS "duration_ms"
FROM domain_events
WHERE (JSONExtract(domain_events.envelope, 'event_type', 'Nullable(String)')) IN ('request.failed') AND (JSONExtract(domain_events.envelope, 'event_version', 'Nullable(Int64)')) = 2
COMMENT 'A server broke down over a request. Two systems describe it: `error` is what one of them
says, `code` and `exception` the other.

`request.failed`, version 2. Owner: platform.';
CREATE OR REPLACE VIEW ev_request_failed_latest (
    event_id Nullable(UUID),
    event_type Nullable(String),
    event_version Nullable(Int64),
    occurred_at Nullable(DateTime64(6, 'UTC')),
    recorded_at Nullable(DateTime64(6, 'UTC')),
    level Nullable(String),
    sequence Nullable(Int64),
    sample_rate Nullable(Float64),
    sample_reason Nullable(String),
    actor_type Nullable(String),
    actor_id Nullable(String),
    actor_session_id Nullable(String),
    trace_id Nullable(String),
    span_id Nullable(String),
    parent_span_id Nullable(String),
    causation_id Nullable(String),
    service Nullable(String),
    service_version Nullable(String),
    environment Nullable(String),
    service_host Nullable(String),
    service_pid Nullable(Int64),
    "request_id" Nullable(String) COMMENT 'Tells this request from all others: the caller\'s `X-Request-ID`, or the server\'s own.

From the context.',
    "correlation_id" Nullable(String) COMMENT 'Ties together the requests of several services that serve one purpose, when the caller
names it.

From the context.',
    "user_id" Nullable(String) COMMENT 'Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
store.

From the context.',
    "ip" Nullable(String) COMMENT 'Where the request came from, as far as the proxies can be trusted.

From the context. Masked: ip.',
    "code" Nullable(Int64) COMMENT 'HTTP status that the caller got instead of an answer: 500, unless the server chose
another one.',
    "method" Nullable(String) COMMENT 'HTTP method.',
    "route" Nullable(String) COMMENT 'Route that serves the path, its variable parts by name.',
    "query" Nullable(String) COMMENT 'What stood behind the `?`, which callers put secrets into; `null` when nothing did.

Masked: redact.',
    "exception" Nullable(String) COMMENT 'Trace of the exception, as the program writes it.',
    "error" Nullable(String) COMMENT 'What went wrong, in one line.',
    "duration_ms" Nullable(Float64) COMMENT 'From the request\'s headers until it failed.

Unit: ms.'
) AS
SELECT * FROM ev_request_failed_v2
COMMENT 'A server broke down over a request. Two systems describe it: `error` is what one of them
says, `code` and `exception` the other.

`request.failed`, every version, in the columns of version 2. Owner: platform.';
