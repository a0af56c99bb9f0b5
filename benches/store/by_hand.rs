//! The same questions in SQL that a person writes.

/// The SQL of a question.
pub(crate) struct ByHand {
    /// With the columns and the indexes of the outbox.
    pub(crate) columns: &'static str,
    /// As articles on domain events ask it.
    pub(crate) article: &'static str,
}

/// The article has no column for the entity, and takes the order of the writers' clocks.
pub(crate) const TIMELINE: ByHand = ByHand {
    columns: "
SELECT envelope FROM domain_events
WHERE entity_type = 'order' AND entity_id = 'ord_7'
ORDER BY seq",
    article: "
SELECT envelope FROM domain_events
WHERE envelope -> 'entity' ->> 'id' = 'ord_7'
ORDER BY occurred_at",
};

pub(crate) const DUPLICATES: ByHand = ByHand {
    columns: "
SELECT entity_type, entity_id, count(*) AS events
FROM domain_events
WHERE event_type = 'order.payment.completed'
GROUP BY entity_type, entity_id
HAVING count(*) > 1",
    article: "
SELECT envelope -> 'entity' ->> 'id' AS id, count(*) AS events
FROM domain_events
WHERE envelope ->> 'event_type' = 'order.payment.completed'
GROUP BY id
HAVING count(*) > 1",
};

/// In the article each pair of rows counts. It has the columns, but not the order: with the envelope
/// it does not end in a time that a bench has. By hand, the later steps are not those behind the
/// earlier ones but the last ones.
pub(crate) const FUNNEL: ByHand = ByHand {
    columns: "
SELECT count(started), count(CASE WHEN paid > started THEN 1 END),
    count(CASE WHEN sent > paid AND paid > started THEN 1 END)
FROM (
    SELECT min(CASE WHEN event_type = 'order.payment.started' THEN seq END) AS started,
        max(CASE WHEN event_type = 'order.payment.completed' THEN seq END) AS paid,
        max(CASE WHEN event_type = 'order.ship.completed' THEN seq END) AS sent
    FROM domain_events
    WHERE entity_id IS NOT NULL
    GROUP BY entity_type, entity_id
) AS orders",
    article: "
SELECT count(*), count(paid.seq), count(sent.seq)
FROM domain_events AS started
LEFT JOIN domain_events AS paid
    ON paid.entity_type = started.entity_type AND paid.entity_id = started.entity_id
    AND paid.event_type = 'order.payment.completed'
LEFT JOIN domain_events AS sent
    ON sent.entity_type = started.entity_type AND sent.entity_id = started.entity_id
    AND sent.event_type = 'order.ship.completed'
WHERE started.event_type = 'order.payment.started'",
};
