-- Views over the events of `catalog`: one for each version of each event, and `_latest`.
-- `export sql --dialect sqlite` wrote this file.
-- The views read the outbox's table. Create them in one transaction:
--     (echo 'BEGIN;'; cat events.sql; echo 'COMMIT;') | sqlite3 -bail shop.db

DROP VIEW IF EXISTS ev_payment_process_started_latest;
DROP VIEW IF EXISTS ev_payment_process_started_v2;
DROP VIEW IF EXISTS ev_payment_process_started_v1;
CREATE VIEW ev_payment_process_started_v1 AS
-- A customer's money is being taken, told before the shop knew more than one way to pay.
--
-- `payment.process.started`, version 1. Owner: payments.
SELECT
    seq,
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    envelope ->> '$.level' AS level,
    envelope ->> '$.sequence' AS sequence,
    CAST(envelope ->> '$.sample_rate' AS REAL) AS sample_rate,
    envelope ->> '$.sample_reason' AS sample_reason,
    envelope ->> '$.actor.type' AS actor_type,
    envelope ->> '$.actor.id' AS actor_id,
    envelope ->> '$.actor.session_id' AS actor_session_id,
    trace_id,
    span_id,
    envelope ->> '$.context.parent_span_id' AS parent_span_id,
    correlation_id,
    envelope ->> '$.context.causation_id' AS causation_id,
    envelope ->> '$.context.service' AS service,
    envelope ->> '$.context.service_version' AS service_version,
    envelope ->> '$.context.environment' AS environment,
    envelope ->> '$.context.service_host' AS service_host,
    envelope ->> '$.context.service_pid' AS service_pid,
    -- The order being paid, absent when there is none yet.
    envelope ->> '$.payload.order_id' AS "order_id",
    -- What is paid, in units of `currency`. Decimal, because money is exact.
    envelope ->> '$.payload.amount' AS "amount",
    -- ISO 4217 code, absent when it is the shop's own currency.
    envelope ->> '$.payload.currency' AS "currency"
FROM domain_events
WHERE event_type IN ('payment.process.started') AND event_version = 1;
CREATE VIEW ev_payment_process_started_v2 AS
-- A customer's money is being taken.
--
-- `payment.process.started`, version 2. Owner: payments.
SELECT
    seq,
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    envelope ->> '$.level' AS level,
    envelope ->> '$.sequence' AS sequence,
    CAST(envelope ->> '$.sample_rate' AS REAL) AS sample_rate,
    envelope ->> '$.sample_reason' AS sample_reason,
    envelope ->> '$.actor.type' AS actor_type,
    envelope ->> '$.actor.id' AS actor_id,
    envelope ->> '$.actor.session_id' AS actor_session_id,
    trace_id,
    span_id,
    envelope ->> '$.context.parent_span_id' AS parent_span_id,
    correlation_id,
    envelope ->> '$.context.causation_id' AS causation_id,
    envelope ->> '$.context.service' AS service,
    envelope ->> '$.context.service_version' AS service_version,
    envelope ->> '$.context.environment' AS environment,
    envelope ->> '$.context.service_host' AS service_host,
    envelope ->> '$.context.service_pid' AS service_pid,
    -- The order being paid, absent when there is none yet.
    envelope ->> '$.payload.order_id' AS "order_id",
    -- What is paid, in units of `currency`. Decimal, because money is exact.
    envelope ->> '$.payload.amount' AS "amount",
    -- ISO 4217 code, absent when it is the shop's own currency.
    envelope ->> '$.payload.currency' AS "currency",
    -- How the customer pays.
    envelope ->> '$.payload.payment_method' AS "payment_method",
    -- Where the receipt goes.
    --
    -- Masked: email.
    envelope ->> '$.payload.user_email' AS "user_email",
    -- The card that is charged.
    --
    -- Masked: last4.
    envelope ->> '$.payload.card_number' AS "card_number"
FROM domain_events
WHERE event_type IN ('payment.process.started') AND event_version = 2;
CREATE VIEW ev_payment_process_started_latest AS
-- A customer's money is being taken.
--
-- `payment.process.started`, every version, in the columns of version 2. Owner: payments.
SELECT
    seq,
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
    NULL AS "payment_method",
    NULL AS "user_email",
    NULL AS "card_number"
FROM ev_payment_process_started_v1
UNION ALL
SELECT
    seq,
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

DROP VIEW IF EXISTS ev_payment_refund_initiated_latest;
DROP VIEW IF EXISTS ev_payment_refund_initiated_v2;
DROP VIEW IF EXISTS ev_payment_refund_initiated_v1;
CREATE VIEW ev_payment_refund_initiated_v1 AS
-- A refund was decided, in minor units of the shop's own currency.
--
-- `payment.refund.initiated`, version 1. Owner: payments.
SELECT
    seq,
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    envelope ->> '$.level' AS level,
    envelope ->> '$.sequence' AS sequence,
    CAST(envelope ->> '$.sample_rate' AS REAL) AS sample_rate,
    envelope ->> '$.sample_reason' AS sample_reason,
    envelope ->> '$.actor.type' AS actor_type,
    envelope ->> '$.actor.id' AS actor_id,
    envelope ->> '$.actor.session_id' AS actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    envelope ->> '$.context.parent_span_id' AS parent_span_id,
    correlation_id,
    envelope ->> '$.context.causation_id' AS causation_id,
    envelope ->> '$.context.service' AS service,
    envelope ->> '$.context.service_version' AS service_version,
    envelope ->> '$.context.environment' AS environment,
    envelope ->> '$.context.service_host' AS service_host,
    envelope ->> '$.context.service_pid' AS service_pid,
    -- The payment that is given back, by the gateway's number.
    envelope ->> '$.payload.transaction_id' AS "transaction_id",
    -- What is given back, in hundredths of the shop's currency, which had no others.
    envelope ->> '$.payload.amount_cents' AS "amount_cents"
FROM domain_events
WHERE event_type IN ('payment.refund.initiated') AND event_version = 1;
CREATE VIEW ev_payment_refund_initiated_v2 AS
-- A refund was decided.
--
-- `payment.refund.initiated`, version 2. Owner: payments.
SELECT
    seq,
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    envelope ->> '$.level' AS level,
    envelope ->> '$.sequence' AS sequence,
    CAST(envelope ->> '$.sample_rate' AS REAL) AS sample_rate,
    envelope ->> '$.sample_reason' AS sample_reason,
    envelope ->> '$.actor.type' AS actor_type,
    envelope ->> '$.actor.id' AS actor_id,
    envelope ->> '$.actor.session_id' AS actor_session_id,
    entity_type,
    entity_id,
    trace_id,
    span_id,
    envelope ->> '$.context.parent_span_id' AS parent_span_id,
    correlation_id,
    envelope ->> '$.context.causation_id' AS causation_id,
    envelope ->> '$.context.service' AS service,
    envelope ->> '$.context.service_version' AS service_version,
    envelope ->> '$.context.environment' AS environment,
    envelope ->> '$.context.service_host' AS service_host,
    envelope ->> '$.context.service_pid' AS service_pid,
    -- The payment that is given back, by the gateway's number.
    envelope ->> '$.payload.transaction_id' AS "transaction_id",
    -- What is given back; it may be a part of what was paid.
    envelope ->> '$.payload.amount' AS "amount"
FROM domain_events
WHERE event_type IN ('payment.refund.initiated') AND event_version = 2;
CREATE VIEW ev_payment_refund_initiated_latest AS
-- A refund was decided.
--
-- `payment.refund.initiated`, every version, in the columns of version 2. Owner: payments.
--
-- NULL in rows of version 1, because code in Rust computes them: `transaction_id`, `amount`.
SELECT
    seq,
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
    NULL AS "transaction_id",
    NULL AS "amount"
FROM ev_payment_refund_initiated_v1
UNION ALL
SELECT
    seq,
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

DROP VIEW IF EXISTS ev_request_failed_latest;
DROP VIEW IF EXISTS ev_request_failed_v2;
CREATE VIEW ev_request_failed_v2 AS
-- A server broke down over a request. Two systems describe it: `error` is what one of them
-- says, `code` and `exception` the other.
--
-- `request.failed`, version 2. Owner: platform.
SELECT
    seq,
    event_id,
    event_type,
    event_version,
    occurred_at,
    recorded_at,
    envelope ->> '$.level' AS level,
    envelope ->> '$.sequence' AS sequence,
    CAST(envelope ->> '$.sample_rate' AS REAL) AS sample_rate,
    envelope ->> '$.sample_reason' AS sample_reason,
    envelope ->> '$.actor.type' AS actor_type,
    envelope ->> '$.actor.id' AS actor_id,
    envelope ->> '$.actor.session_id' AS actor_session_id,
    trace_id,
    span_id,
    envelope ->> '$.context.parent_span_id' AS parent_span_id,
    envelope ->> '$.context.causation_id' AS causation_id,
    envelope ->> '$.context.service' AS service,
    envelope ->> '$.context.service_version' AS service_version,
    envelope ->> '$.context.environment' AS environment,
    envelope ->> '$.context.service_host' AS service_host,
    envelope ->> '$.context.service_pid' AS service_pid,
    -- Tells this request from all others: the caller's `X-Request-ID`, or the server's own.
    --
    -- From the context.
    envelope ->> '$.context.request_id' AS "request_id",
    -- Ties together the requests of several services that serve one purpose, when the caller
    -- names it.
    --
    -- From the context.
    envelope ->> '$.context.correlation_id' AS "correlation_id",
    -- Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
    -- store.
    --
    -- From the context.
    envelope ->> '$.context.user_id' AS "user_id",
    -- Where the request came from, as far as the proxies can be trusted.
    --
    -- From the context. Masked: ip.
    envelope ->> '$.context.ip' AS "ip",
    -- HTTP status that the caller got instead of an answer: 500, unless the server chose
    -- another one.
    envelope ->> '$.payload.code' AS "code",
    -- HTTP method.
    envelope ->> '$.payload.method' AS "method",
    -- Route that serves the path, its variable parts by name.
    envelope ->> '$.payload.route' AS "route",
    -- What stood behind the `?`, which callers put secrets into; `null` when nothing did.
    --
    -- Masked: redact.
    envelope ->> '$.payload.query' AS "query",
    -- Trace of the exception, as the program writes it.
    envelope ->> '$.payload.exception' AS "exception",
    -- What went wrong, in one line.
    envelope ->> '$.payload.error' AS "error",
    -- From the request's headers until it failed.
    --
    -- Unit: ms.
    CAST(envelope ->> '$.payload.duration_ms' AS REAL) AS "duration_ms"
FROM domain_events
WHERE event_type IN ('request.failed') AND event_version = 2;
CREATE VIEW ev_request_failed_latest AS
-- A server broke down over a request. Two systems describe it: `error` is what one of them
-- says, `code` and `exception` the other.
--
-- `request.failed`, every version, in the columns of version 2. Owner: platform.
SELECT * FROM ev_request_failed_v2;
