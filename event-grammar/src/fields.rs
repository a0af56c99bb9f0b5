//! Field names that need care: reserved ones, and ones that look like sensitive data.

use crate::record::{Events, count_in_line, names_in_line};

pub use crate::suspicious::{Suspicion, suspicion, suspicious_parameter, suspicious_word};

/// Keys that the line of any event may have. No event, group or context may have a field of such a
/// name. As an alias, such a key is read from an envelope's payload only: in a line it is a key of
/// the record.
pub const RESERVED: &[&str] = &names_in_line::<{ count_in_line(Events::Every) }>(Events::Every);

/// Names that only a field of a context group may have: the envelope has a place for them.
pub const RESERVED_FOR_CONTEXT: &[&str] =
    &names_in_line::<{ count_in_line(Events::Undeclared) }>(Events::Undeclared);

/// Keys that the record of a sampled event or of a unit of work may have in addition. A sampled or
/// wide event may not have a field of such a name.
pub const RESERVED_FOR_SAMPLED: &[&str] =
    &names_in_line::<{ count_in_line(Events::SampledOrWide) }>(Events::SampledOrWide);

/// Keys that only the record of a unit of work may have in addition. A wide event may not have a
/// field of such a name.
pub const RESERVED_FOR_UNITS: &[&str] =
    &names_in_line::<{ count_in_line(Events::Wide) }>(Events::Wide);

/// Whether `key` is a key of the record itself in the line of every event.
pub fn is_of_the_record(key: &str) -> bool {
    RESERVED.contains(&key) || RESERVED_FOR_CONTEXT.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::{RESERVED, RESERVED_FOR_CONTEXT, RESERVED_FOR_SAMPLED, RESERVED_FOR_UNITS};
    use crate::record::{Within, members};

    #[test]
    fn each_key_of_a_line_is_reserved_once() {
        let lists = [RESERVED, RESERVED_FOR_CONTEXT, RESERVED_FOR_SAMPLED, RESERVED_FOR_UNITS];
        let mut reserved = lists.concat();
        let mut keys: Vec<_> = members(Within::Line).map(|(_, place)| place.name).collect();
        reserved.sort_unstable();
        keys.sort_unstable();
        assert_eq!(reserved, keys);
    }
}
