//! Scalars, by brute force: a change breaks exactly where one value shows it.

use crate::forms::leak;
use crate::locked::{broken, event, members};
use event_core::lock::{BACKWARD, FORWARD};
use event_core::meta::FieldMeta;
use event_core::meta::shape::{Shape, TextFormat};
use proptest::prelude::*;

fn of(shape: Shape) -> &'static event_core::meta::EventMeta {
    event(vec![FieldMeta::new("value", "", leak(shape))])
}

/// Every number near an end of one of the ranges.
const ENDS: [i128; 10] =
    [i64::MIN as i128, -129, -128, -1, 0, 1, 127, 255, i64::MAX as i128, u64::MAX as i128];

fn range() -> impl Strategy<Value = (i64, u64)> {
    let min = prop::sample::select(&[i64::MIN, -128, 0][..]);
    (min, prop::sample::select(vec![0, 127, 255, i64::MAX.unsigned_abs(), u64::MAX]))
}

fn holds((min, max): (i64, u64), value: i128) -> bool {
    (i128::from(min)..=i128::from(max)).contains(&value)
}

proptest! {
    #[test]
    fn integers(old in range(), new in range()) {
        let is_within = |a, b| ENDS.iter().all(|value| !holds(a, *value) || holds(b, *value));
        let integer = |(min, max): (i64, u64)| of(Shape::Integer { min, max });
        let (was, is) = (members(integer(old)), integer(new));
        prop_assert_eq!(broken(&was, is, BACKWARD).is_empty(), is_within(old, new));
        prop_assert_eq!(broken(&was, is, FORWARD).is_empty(), is_within(new, old));
        prop_assert_eq!(broken(&was, is, BACKWARD | FORWARD).is_empty(), old == new);
    }
}

#[test]
fn texts() {
    use TextFormat::{Char, Date, DateTime, Decimal, Ip, Ipv4, Ipv6, Plain, Uri, Uuid};
    /// A text of each kind, and the formats that it is of.
    const TEXTS: &[(&str, &[TextFormat])] = &[
        ("two words", &[Plain]),
        ("x", &[Plain, Char]),
        ("2026-11-21T00:00:00Z", &[Plain, DateTime]),
        ("2026-11-21", &[Plain, Date]),
        ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", &[Plain, Uuid]),
        ("https://example.com", &[Plain, Uri]),
        ("192.0.2.1", &[Plain, Ipv4, Ip]),
        ("2001:db8::1", &[Plain, Ipv6, Ip]),
        ("-12.50", &[Plain, Decimal]),
    ];
    let formats = [Plain, Char, DateTime, Date, Uuid, Uri, Ipv4, Ipv6, Ip, Decimal];
    for old in formats {
        for new in formats {
            let is_within =
                |a, b| TEXTS.iter().all(|(_, are)| !are.contains(&a) || are.contains(&b));
            let was = members(of(Shape::Text(old)));
            assert_eq!(
                broken(&was, of(Shape::Text(new)), BACKWARD).is_empty(),
                is_within(old, new),
                "{old:?} {new:?}"
            );
            assert_eq!(
                broken(&was, of(Shape::Text(new)), FORWARD).is_empty(),
                is_within(new, old),
                "{old:?} {new:?}"
            );
        }
    }
}
