//! Ids of events: `UUIDv7` (RFC 9562, §5.7).

use crate::context::CausationId;
use crate::context::random;
use crate::context::trace::ExternalId;
use crate::value::encode::Encoder;
use crate::value::time::Timestamp;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// The id of an event: a `UUIDv7`.
///
/// # Order
///
/// Ids from [`EventId::new`] and ids that an emitter gives its records contain the time at which
/// they were made. Within a process and its forked children, a later id is greater, unless the
/// clock goes back by more than ten seconds: until then, ids count up from the greatest id (RFC
/// 9562, §6.2). If the clock goes back further, ids begin again at the clock's time. So one wrong
/// reading of the clock does not affect all later ids. Ids of different processes are in the order
/// of their clocks. For an order that does not depend on a clock, use the record's `sequence`.
///
/// ```
/// use event_core::EventId;
///
/// let (first, second) = (EventId::new(), EventId::new());
/// assert!(first < second);
/// assert_eq!(EventId::parse(&first.to_string()), Some(first));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(u128);

/// The length of the text: 32 hex digits and 4 hyphens.
const TEXT: usize = 36;

/// The two hex digits of each byte.
const PAIRS: [[u8; 2]; 256] = {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < pairs.len() {
        pairs[byte] = [HEX[byte >> 4], HEX[byte & 15]];
        byte += 1;
    }
    pairs
};

/// The ticks of the last id.
static LAST: AtomicU64 = AtomicU64::new(0);

/// The maximum time by which ids may be ahead of the clock, in ticks: ten seconds. Ids are ahead if
/// the clock went back, or if ids are made faster than the clock ticks.
const MAX_AHEAD: u64 = 10_000 << 12;

impl EventId {
    /// A new id with the current time. See [Order](Self#order) for its place among other ids.
    #[allow(clippy::new_without_default, reason = "no two are equal: there is no default")]
    pub fn new() -> Self {
        Self::next(Timestamp::now())
    }

    /// A new id with the given time. Ids of the same time have no order.
    pub fn at(time: Timestamp) -> Self {
        Self::of(ticks(time), random::u64())
    }

    /// The next id of this process. The clock's time is `now`.
    ///
    /// The twelve bits after the milliseconds are the fraction of the millisecond. They count up if
    /// ids are made faster than the clock ticks (RFC 9562, §6.2, method 3). The other bits are
    /// random.
    pub(crate) fn next(now: Timestamp) -> Self {
        let now = ticks(now);
        let next = |last| Some(after(last, now));
        let (Ok(last) | Err(last)) = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        Self::of(after(last, now), random::u64())
    }

    fn of(ticks: u64, chance: u64) -> Self {
        const VERSION: u128 = 7 << 76;
        const VARIANT: u128 = 0b10 << 62;
        let (millis, fraction) = (u128::from(ticks >> 12), u128::from(ticks & 0xfff));
        Self(millis << 80 | VERSION | fraction << 64 | VARIANT | u128::from(chance >> 2))
    }

    /// Converts a number. The UUID's version is not checked.
    pub const fn from_u128(id: u128) -> Self {
        Self(id)
    }

    /// The id as a big-endian number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// Parses a UUID with hyphens, in lower or upper case.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != TEXT {
            return None;
        }
        let mut id = 0;
        for (at, byte) in bytes.iter().enumerate() {
            match (at, byte) {
                (8 | 13 | 18 | 23, b'-') => {}
                (8 | 13 | 18 | 23, _) => return None,
                _ => id = id << 4 | u128::from(char::from(*byte).to_digit(16)?),
            }
        }
        Some(Self(id))
    }

    /// The text in ASCII.
    pub(crate) fn text(self) -> [u8; TEXT] {
        // The position of each byte's two digits.
        const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
        let mut text = [b'-'; TEXT];
        for (byte, place) in self.0.to_be_bytes().into_iter().zip(PLACES) {
            [text[place], text[place + 1]] = PAIRS[usize::from(byte)];
        }
        text
    }

    pub(crate) fn encode(self, out: &mut Encoder) {
        let mut quoted = [b'"'; TEXT + 2];
        quoted[1..=TEXT].copy_from_slice(&self.text());
        out.json_bytes(&quoted);
    }
}

/// The milliseconds of a time in 48 bits, and the fraction of the millisecond in 12 bits.
fn ticks(time: Timestamp) -> u64 {
    let micros = time.as_micros().max(0).cast_unsigned();
    ((micros / 1_000) << 12) | (micros % 1_000 * 4_096 / 1_000)
}

/// The ticks of the next id: `now`, or one more than the last id's ticks if the clock has not
/// passed them and they are at most [`MAX_AHEAD`] ahead.
const fn after(last: u64, now: u64) -> u64 {
    if last >= now && last - now <= MAX_AHEAD { last + 1 } else { now }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.text()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventId({self})")
    }
}

impl From<EventId> for CausationId<'static> {
    fn from(id: EventId) -> Self {
        Self(id.to_string().into())
    }
}

impl From<EventId> for ExternalId {
    fn from(id: EventId) -> Self {
        Self::of_own(id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{EventId, MAX_AHEAD, after};
    use crate::context::trace::ExternalId;
    use crate::value::time::Timestamp;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn it_is_a_uuid_of_version_7_and_says_its_time() {
        let time = Timestamp::parse("2030-02-22T19:22:22.123456Z").unwrap();
        let text = EventId::at(time).to_string();
        assert_eq!((&text[14..15], "89ab".contains(&text[19..20])), ("7", true), "{text}");
        let millis = u64::from_str_radix(&text.replace('-', "")[..12], 16).unwrap();
        assert_eq!(i64::try_from(millis).unwrap() * 1_000, time.as_micros() - 456);
    }

    #[test]
    fn threads_get_different_ids_and_each_sees_them_grow() {
        let threads: Vec<_> = (0..4)
            .map(|_| std::thread::spawn(|| (0..10_000).map(|_| EventId::new()).collect::<Vec<_>>()))
            .collect();
        let ids: Vec<Vec<EventId>> =
            threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(ids.iter().all(|ids| ids.is_sorted()));
        assert_eq!(ids.iter().flatten().collect::<HashSet<_>>().len(), 40_000);
    }

    #[test]
    fn an_id_follows_the_last_one_or_the_clock() {
        assert_eq!((after(7, 9), after(9, 9), after(10, 9)), (9, 10, 11));
        assert_eq!((after(9 + MAX_AHEAD, 9), after(10 + MAX_AHEAD, 9)), (10 + MAX_AHEAD, 9));
    }

    proptest! {
        #[test]
        fn text_reads_back(id in any::<u128>()) {
            let id = EventId::from_u128(id);
            prop_assert_eq!(ExternalId::parse(&id.to_string()), Ok(ExternalId::from(id)));
            prop_assert_eq!(EventId::parse(&id.to_string()), Some(id));
            prop_assert_eq!(EventId::parse(&id.to_string().to_uppercase()), Some(id));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = EventId::parse(&text);
        }
    }
}
