//! The same questions, asked as articles on domain events ask them.

/// Without a column for the entity, and in the order of the writers' clocks.
pub(crate) const TIMELINE: &str = "
SELECT envelope FROM domain_events
WHERE envelope ->> '$.entity.id' = 'ord_7'
ORDER BY occurred_at";

pub(crate) const DUPLICATES: &str = "
SELECT envelope ->> '$.entity.id' AS id, count(*) AS events
FROM domain_events
WHERE envelope ->> '$.event_type' = 'order.payment.completed'
GROUP BY id
HAVING count(*) > 1";

/// Each pair of rows counts. It has the columns, but not the order: with the envelope it does not
/// end in a time that a bench has.
pub(crate) const FUNNEL: &str = "
SELECT count(*), count(paid.seq), count(sent.seq)
FROM domain_events AS started
LEFT JOIN domain_events AS paid
    ON paid.entity_type = started.entity_type AND paid.entity_id = started.entity_id
    AND paid.event_type = 'order.payment.completed'
LEFT JOIN domain_events AS sent
    ON sent.entity_type = started.entity_type AND sent.entity_id = started.entity_id
    AND sent.event_type = 'order.ship.completed'
WHERE started.event_type = 'order.payment.started'";
