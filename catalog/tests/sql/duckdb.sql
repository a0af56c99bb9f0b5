-- Views over the events of `catalog`: one for each version of each event, and `_latest`.
-- `export sql --dialect duckdb` wrote this file.
-- The views read `domain_events`, whose column `envelope` has one envelope a row.
-- If your files have other names, create it yourself before you run this script.
CREATE VIEW IF NOT EXISTS domain_events AS
SELECT json AS envelope FROM read_ndjson_objects('events.ndjson');

CREATE OR REPLACE VIEW ev_payment_process_started_v1 AS
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
    envelope ->> '/payload/order_id' AS "order_id",
    envelope ->> '/payload/amount' AS "amount",
    envelope ->> '/payload/currency' AS "currency"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('payment.process.started') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 1;
COMMENT ON VIEW ev_payment_process_started_v1 IS 'A customer''s money is being taken, told before the shop knew more than one way to pay.

`payment.process.started`, version 1. Owner: payments.';
COMMENT ON COLUMN ev_payment_process_started_v1."order_id" IS 'The order being paid, absent when there is none yet.';
COMMENT ON COLUMN ev_payment_process_started_v1."amount" IS 'What is paid, in units of `currency`. Decimal, because money is exact.';
COMMENT ON COLUMN ev_payment_process_started_v1."currency" IS 'ISO 4217 code, absent when it is the shop''s own currency.';
CREATE OR REPLACE VIEW ev_payment_process_started_v2 AS
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
    envelope ->> '/payload/order_id' AS "order_id",
    envelope ->> '/payload/amount' AS "amount",
    envelope ->> '/payload/currency' AS "currency",
    envelope ->> '/payload/payment_method' AS "payment_method",
    envelope ->> '/payload/user_email' AS "user_email",
    envelope ->> '/payload/card_number' AS "card_number"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('payment.process.started') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 2;
COMMENT ON VIEW ev_payment_process_started_v2 IS 'A customer''s money is being taken.

`payment.process.started`, version 2. Owner: payments.';
COMMENT ON COLUMN ev_payment_process_started_v2."order_id" IS 'The order being paid, absent when there is none yet.';
COMMENT ON COLUMN ev_payment_process_started_v2."amount" IS 'What is paid, in units of `currency`. Decimal, because money is exact.';
COMMENT ON COLUMN ev_payment_process_started_v2."currency" IS 'ISO 4217 code, absent when it is the shop''s own currency.';
COMMENT ON COLUMN ev_payment_process_started_v2."payment_method" IS 'How the customer pays.';
COMMENT ON COLUMN ev_payment_process_started_v2."user_email" IS 'Where the receipt goes.

Masked: email.';
COMMENT ON COLUMN ev_payment_process_started_v2."card_number" IS 'The card that is charged.

Masked: last4.';
CREATE OR REPLACE VIEW ev_payment_process_started_latest AS
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
    "order_id",
    "amount",
    "currency",
    CAST(NULL AS VARCHAR) AS "payment_method",
    CAST(NULL AS VARCHAR) AS "user_email",
    CAST(NULL AS VARCHAR) AS "card_number"
FROM ev_payment_process_started_v1
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
    "order_id",
    "amount",
    "currency",
    "payment_method",
    "user_email",
    "card_number"
FROM ev_payment_process_started_v2;
COMMENT ON VIEW ev_payment_process_started_latest IS 'A customer''s money is being taken.

`payment.process.started`, every version, in the columns of version 2. Owner: payments.';
COMMENT ON COLUMN ev_payment_process_started_latest."order_id" IS 'The order being paid, absent when there is none yet.';
COMMENT ON COLUMN ev_payment_process_started_latest."amount" IS 'What is paid, in units of `currency`. Decimal, because money is exact.';
COMMENT ON COLUMN ev_payment_process_started_latest."currency" IS 'ISO 4217 code, absent when it is the shop''s own currency.';
COMMENT ON COLUMN ev_payment_process_started_latest."payment_method" IS 'How the customer pays.';
COMMENT ON COLUMN ev_payment_process_started_latest."user_email" IS 'Where the receipt goes.

Masked: email.';
COMMENT ON COLUMN ev_payment_process_started_latest."card_number" IS 'The card that is charged.

Masked: last4.';

CREATE OR REPLACE VIEW ev_payment_refund_initiated_v1 AS
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
    envelope ->> '/payload/transaction_id' AS "transaction_id",
    CAST(envelope ->> '/payload/amount_cents' AS BIGINT) AS "amount_cents"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('payment.refund.initiated') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 1;
COMMENT ON VIEW ev_payment_refund_initiated_v1 IS 'A refund was decided, in minor units of the shop''s own currency.

`payment.refund.initiated`, version 1. Owner: payments.';
COMMENT ON COLUMN ev_payment_refund_initiated_v1."transaction_id" IS 'The payment that is given back, by the gateway''s number.';
COMMENT ON COLUMN ev_payment_refund_initiated_v1."amount_cents" IS 'What is given back, in hundredths of the shop''s currency, which had no others.';
CREATE OR REPLACE VIEW ev_payment_refund_initiated_v2 AS
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
    envelope ->> '/payload/transaction_id' AS "transaction_id",
    envelope ->> '/payload/amount' AS "amount"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('payment.refund.initiated') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 2;
COMMENT ON VIEW ev_payment_refund_initiated_v2 IS 'A refund was decided.

`payment.refund.initiated`, version 2. Owner: payments.';
COMMENT ON COLUMN ev_payment_refund_initiated_v2."transaction_id" IS 'The payment that is given back, by the gateway''s number.';
COMMENT ON COLUMN ev_payment_refund_initiated_v2."amount" IS 'What is given back; it may be a part of what was paid.';
CREATE OR REPLACE VIEW ev_payment_refund_initiated_latest AS
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
    CAST(NULL AS VARCHAR) AS "transaction_id",
    CAST(NULL AS VARCHAR) AS "amount"
FROM ev_payment_refund_initiated_v1
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
    "transaction_id",
    "amount"
FROM ev_payment_refund_initiated_v2;
COMMENT ON VIEW ev_payment_refund_initiated_latest IS 'A refund was decided.

`payment.refund.initiated`, every version, in the columns of version 2. Owner: payments.

NULL in rows of version 1, because code in Rust computes them: `transaction_id`, `amount`.';
COMMENT ON COLUMN ev_payment_refund_initiated_latest."transaction_id" IS 'The payment that is given back, by the gateway''s number.';
COMMENT ON COLUMN ev_payment_refund_initiated_latest."amount" IS 'What is given back; it may be a part of what was paid.';

CREATE OR REPLACE VIEW ev_request_failed_v2 AS
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
    envelope ->> '/context/trace_id' AS trace_id,
    envelope ->> '/context/span_id' AS span_id,
    envelope ->> '/context/parent_span_id' AS parent_span_id,
    envelope ->> '/context/causation_id' AS causation_id,
    envelope ->> '/context/service' AS service,
    envelope ->> '/context/service_version' AS service_version,
    envelope ->> '/context/environment' AS environment,
    envelope ->> '/context/service_host' AS service_host,
    CAST(envelope ->> '/context/service_pid' AS BIGINT) AS service_pid,
    envelope ->> '/context/request_id' AS "request_id",
    envelope ->> '/context/correlation_id' AS "correlation_id",
    envelope ->> '/context/user_id' AS "user_id",
    envelope ->> '/context/ip' AS "ip",
    CAST(envelope ->> '/payload/code' AS BIGINT) AS "code",
    envelope ->> '/payload/method' AS "method",
    envelope ->> '/payload/route' AS "route",
    envelope ->> '/payload/query' AS "query",
    envelope ->> '/payload/exception' AS "exception",
    envelope ->> '/payload/error' AS "error",
    CAST(envelope ->> '/payload/duration_ms' AS DOUBLE) AS "duration_ms"
FROM domain_events
WHERE (envelope ->> '/event_type') IN ('request.failed') AND (CAST(envelope ->> '/event_version' AS BIGINT)) = 2;
COMMENT ON VIEW ev_request_failed_v2 IS 'A server broke down over a request. Two systems describe it: `error` is what one of them
says, `code` and `exception` the other.

`request.failed`, version 2. Owner: platform.';
COMMENT ON COLUMN ev_request_failed_v2."request_id" IS 'Tells this request from all others: the caller''s `X-Request-ID`, or the server''s own.

From the context.';
COMMENT ON COLUMN ev_request_failed_v2."correlation_id" IS 'Ties together the requests of several services that serve one purpose, when the caller
names it.

From the context.';
COMMENT ON COLUMN ev_request_failed_v2."user_id" IS 'Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
store.

From the context.';
COMMENT ON COLUMN ev_request_failed_v2."ip" IS 'Where the request came from, as far as the proxies can be trusted.

From the context. Masked: ip.';
COMMENT ON COLUMN ev_request_failed_v2."code" IS 'HTTP status that the caller got instead of an answer: 500, unless the server chose
another one.';
COMMENT ON COLUMN ev_request_failed_v2."method" IS 'HTTP method.';
COMMENT ON COLUMN ev_request_failed_v2."route" IS 'Route that serves the path, its variable parts by name.';
COMMENT ON COLUMN ev_request_failed_v2."query" IS 'What stood behind the `?`, which callers put secrets into; `null` when nothing did.

Masked: redact.';
COMMENT ON COLUMN ev_request_failed_v2."exception" IS 'Trace of the exception, as the program writes it.';
COMMENT ON COLUMN ev_request_failed_v2."error" IS 'What went wrong, in one line.';
COMMENT ON COLUMN ev_request_failed_v2."duration_ms" IS 'From the request''s headers until it failed.

Unit: ms.';
CREATE OR REPLACE VIEW ev_request_failed_latest AS
SELECT * FROM ev_request_failed_v2;
COMMENT ON VIEW ev_request_failed_latest IS 'A server broke down over a request. Two systems describe it: `error` is what one of them
says, `code` and `exception` the other.

`request.failed`, every version, in the columns of version 2. Owner: platform.';
COMMENT ON COLUMN ev_request_failed_latest."request_id" IS 'Tells this request from all others: the caller''s `X-Request-ID`, or the server''s own.

From the context.';
COMMENT ON COLUMN ev_request_failed_latest."correlation_id" IS 'Ties together the requests of several services that serve one purpose, when the caller
names it.

From the context.';
COMMENT ON COLUMN ev_request_failed_latest."user_id" IS 'Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
store.

From the context.';
COMMENT ON COLUMN ev_request_failed_latest."ip" IS 'Where the request came from, as far as the proxies can be trusted.

From the context. Masked: ip.';
COMMENT ON COLUMN ev_request_failed_latest."code" IS 'HTTP status that the caller got instead of an answer: 500, unless the server chose
another one.';
COMMENT ON COLUMN ev_request_failed_latest."method" IS 'HTTP method.';
COMMENT ON COLUMN ev_request_failed_latest."route" IS 'Route that serves the path, its variable parts by name.';
COMMENT ON COLUMN ev_request_failed_latest."query" IS 'What stood behind the `?`, which callers put secrets into; `null` when nothing did.

Masked: redact.';
COMMENT ON COLUMN ev_request_failed_latest."exception" IS 'Trace of the exception, as the program writes it.';
COMMENT ON COLUMN ev_request_failed_latest."error" IS 'What went wrong, in one line.';
COMMENT ON COLUMN ev_request_failed_latest."duration_ms" IS 'From the request''s headers until it failed.

Unit: ms.';
