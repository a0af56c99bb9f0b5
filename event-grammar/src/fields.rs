//! Field names that need care: reserved ones, and ones that look like sensitive data.

use crate::record::{Events, count_in_line, names_in_line};

pub use crate::suspicious::{Suspicion, suspicion, suspicious_parameter, suspicious_word};

/// Keys that the line of any event may have: no event, group or context has a field of that name.
/// As an alias such a key is read from an envelope's payload, and never from a line, where it is
/// the record's.
pub const RESERVED: &[&str] = &names_in_line::<{ count_in_line(Events::Every) }>(Events::Every);

/// Names that only a context group may carry: the envelope has a place for them.
pub const RESERVED_FOR_CONTEXT: &[&str] =
    &names_in_line::<{ count_in_line(Events::Undeclared) }>(Events::Undeclared);

/// Keys that the record of a sampled event may have besides, and that of a unit of work: a sampled
/// or wide event has no field of that name.
pub const RESERVED_FOR_SAMPLED: &[&str] =
    &names_in_line::<{ count_in_line(Events::SampledOrWide) }>(Events::SampledOrWide);

/// Keys that only the record of a unit of work may have besides: a wide event has no field of that
/// name.
pub const RESERVED_FOR_UNITS: &[&str] =
    &names_in_line::<{ count_in_line(Events::Wide) }>(Events::Wide);

/// Whether a line has the key `key` for the record itself, whatever its event is.
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
