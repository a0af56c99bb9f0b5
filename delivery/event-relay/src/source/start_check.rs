//! What must be true of an outbox in PostgreSQL, so that the gaps of [`Gaps`](super::gaps::Gaps)
//! are all that can be missing.

use super::SourceError;
use crate::database::Database;

/// One row: the first rule that is broken, or nothing; and the table that gives out the places. The
/// events of another library's table are a view, and `outbox_place` has their places.
const BROKEN: &str = "WITH events AS (
    SELECT relkind = 'v' AS is_view,
        CASE relkind WHEN 'v' THEN 'outbox_place' ELSE 'domain_events' END AS places
    FROM pg_class WHERE oid = 'domain_events'::regclass
), numbers AS (
    SELECT CASE WHEN to_regclass(places) IS NOT NULL
        THEN pg_get_serial_sequence(places, 'seq')::regclass END AS sequence
    FROM events
), columns AS (
    SELECT max(attnum) FILTER (WHERE attname = 'txid') AS txid,
        max(attnum) FILTER (WHERE attname = 'seq') AS seq,
        max(pg_get_expr(adbin, adrelid)) FILTER (WHERE attname = 'txid') AS default_id
    FROM events
        JOIN pg_attribute ON attrelid = to_regclass(places) AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
), triggers AS (
    SELECT coalesce(bool_and(tgenabled IN ('O', 'A')), FALSE) AS are_enabled
    FROM pg_trigger WHERE tgfoid = to_regproc('outbox_place')
)
SELECT CASE
    WHEN sequence IS NULL THEN 'sequence'
    WHEN NOT has_sequence_privilege(sequence, 'SELECT') THEN 'privilege'
    WHEN (SELECT seqcache <> 1 FROM pg_sequence WHERE seqrelid = sequence) THEN 'cache'
    WHEN (SELECT seqincrement <= 0 OR seqcycle FROM pg_sequence WHERE seqrelid = sequence)
        THEN 'descending'
    WHEN txid IS NULL OR txid > seq OR default_id IS DISTINCT FROM 'pg_current_xact_id()'
        THEN 'columns'
    WHEN is_view AND NOT are_enabled THEN 'trigger'
    END, sequence::text, places
FROM events, numbers, columns, triggers";

/// Fails if events could be lost, and says what to do.
pub(super) fn check(database: &Database) -> Result<(), SourceError> {
    let (broken, sequence, places) = database
        .one(BROKEN, &[], |row| Ok((row.optional_text(0)?, row.optional_text(1)?, row.text(2)?)))?;
    let Some(broken) = broken else { return Ok(()) };
    let sequence = sequence.unwrap_or_default();
    let (what, help) = match broken.as_str() {
        "sequence" => (
            format!("the column `seq` of `{places}` has no sequence of its own"),
            "make the tables by `event-relay migrate`; over another library's table, by the script \
             of `event-relay migrate --print --other-table`"
                .to_owned(),
        ),
        "privilege" => (
            format!("the relay may not read the sequence `{sequence}`"),
            format!("grant it: GRANT SELECT ON SEQUENCE {sequence} TO the relay's role"),
        ),
        "cache" => (
            format!(
                "the sequence `{sequence}` gives out numbers in advance: events would be lost, \
                 because a transaction may have an older number than its id"
            ),
            format!("ALTER SEQUENCE {sequence} CACHE 1, and connect the services again"),
        ),
        "descending" => (
            format!("the sequence `{sequence}` gives out numbers again, or smaller ones"),
            format!("ALTER SEQUENCE {sequence} INCREMENT BY 1 NO CYCLE"),
        ),
        "trigger" => (
            "the trigger `outbox_place` of the other table is disabled or dropped: new rows would \
             not be sent"
                .to_owned(),
            "enable it, and give the rows that were inserted meanwhile their places: see \"Rows \
             without a place\" in the guide's page on other tables"
                .to_owned(),
        ),
        _ => (
            format!(
                "the column `txid` of `{places}` is not before `seq`, or has another default than \
                 `pg_current_xact_id()`: events would be lost, because a transaction would take \
                 its number before its id"
            ),
            "make the table with the columns as `event-relay migrate --print` shows them"
                .to_owned(),
        ),
    };
    Err(SourceError::Fatal(format!("{what}\nhelp: {help}")))
}
