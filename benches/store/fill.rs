//! What is in a store: orders that are spread over it, as they are in a shop that has many at a
//! time. An envelope has 900 bytes. 2,654,435,761 is Knuth's multiplicative hash: neighbours are of
//! different orders.

pub(crate) const EVENTS_OF_AN_ORDER: u32 = 5;

/// The id of the order that the queries about one entity ask for.
pub(crate) fn entity_id(number: u32) -> String {
    format!("ord_{number}")
}
