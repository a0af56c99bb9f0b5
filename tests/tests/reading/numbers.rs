//! A whole number is an integer, however it is spelt.

use super::declared::{OrderEvent, OrderMeasureCompleted, ShopEvent, Size};
use event_core::Event;
use event_core::decode::DecodeError;

fn measured(fields: &str) -> Result<OrderMeasureCompleted<'static>, String> {
    let json = format!(r#"{{"order_id":"ord_1","foreign":[],{fields}}}"#);
    OrderMeasureCompleted::decode_payload(&json).map_err(|error| error.to_string())
}

#[test]
fn a_whole_number_is_an_integer_of_every_width_and_in_every_place() {
    let fields = r#""order_version":1.0,"tiny":-1.28E2,"large":18446744073709551615.0,"counts":{"a":1e2,"b":-0.0},"size":{"length":4999.0}"#;
    let event = measured(fields).unwrap();
    assert_eq!((event.order_version, event.tiny, event.large), (1, -128, u64::MAX));
    assert_eq!(event.counts, [("a".to_owned(), 100), ("b".to_owned(), 0)].into());
    assert!(matches!(event.size, Some(Size::Length(4_999))));
    let event =
        measured(r#""order_version":1,"size":{"area":{"width":1.2e1,"height":-3.0}}"#).unwrap();
    assert!(matches!(event.size, Some(Size::Area { width: 12, height: -3 })));
    // A number of 53 bits would make 9007199254740992 of it.
    assert_eq!(
        measured(r#""order_version":1,"large":9007199254740993.0"#).unwrap().large,
        9_007_199_254_740_993
    );
}

#[test]
fn what_is_no_whole_number_or_does_not_fit_says_which() {
    for (fields, error) in [
        (
            r#""order_version":1.5"#,
            "`order_version`: expected an integer of 32 bits, found a number with a fraction",
        ),
        (
            r#""order_version":4294967296.0"#,
            "`order_version`: the number does not fit an integer of 32 bits",
        ),
        (
            r#""order_version":1,"tiny":128"#,
            "`tiny`: the number does not fit an integer of -128..=127",
        ),
        (
            r#""order_version":1,"large":1e400"#,
            "`large`: the number does not fit an integer of 64 bits, not negative",
        ),
        (
            r#""order_version":1,"large":"1""#,
            "`large`: expected an integer of 64 bits, not negative, found text",
        ),
        (
            r#""order_version":1,"counts":{"a":0.1}"#,
            "`counts.a`: expected an integer of 16 bits, found a number with a fraction",
        ),
    ] {
        assert_eq!(measured(fields).err().unwrap(), error);
    }
}

#[test]
fn a_float_beyond_the_largest_is_refused_and_not_read_as_infinity() {
    for (fields, error) in [
        (r#""share":1e400"#, "`share`: the number does not fit a floating-point number of 64 bits"),
        (r#""short":-1e39"#, "`short`: the number does not fit a floating-point number of 32 bits"),
        (
            r#""any":[1e400]"#,
            "`any[0]`: the number does not fit a floating-point number of 64 bits",
        ),
    ] {
        assert_eq!(measured(&format!(r#""order_version":1,{fields}"#)).err().unwrap(), error);
    }
    let event = measured(r#""order_version":1,"share":1e308,"short":1e38"#).unwrap();
    assert_eq!((event.share, event.short), (Some(1e308), Some(1e38)));
}

#[test]
fn a_version_is_a_whole_number_too_or_the_text_of_one() {
    for version in ["2", "2.0", "20e-1", "\"2\""] {
        let line = format!(
            r#"{{"event":"order_payment_submitted","version":{version},"order_id":"ord_1"}}"#
        );
        let Ok(ShopEvent::Order(OrderEvent::PaymentSubmitted(event))) = ShopEvent::decode(&line)
        else {
            panic!("{version}")
        };
        assert_eq!(event.order_id, "ord_1");
    }
    for (version, error) in [
        (
            "1.5",
            "not an event line: `version`: expected an integer of 32 bits, not negative, found a \
             number with a fraction",
        ),
        (
            "\"v1\"",
            "not an event line: `version`: the text is not an integer of 32 bits, not negative",
        ),
        (
            "\"\"",
            "not an event line: `version`: the text is not an integer of 32 bits, not negative",
        ),
        (
            "\"+1\"",
            "not an event line: `version`: the text is not an integer of 32 bits, not negative",
        ),
        (
            "-1",
            "not an event line: `version`: the number does not fit an integer of 32 bits, not \
             negative",
        ),
    ] {
        let line = format!(
            r#"{{"event":"order_payment_submitted","version":{version},"order_id":"ord_1"}}"#
        );
        let found: DecodeError = ShopEvent::decode(&line).unwrap_err();
        assert_eq!(found.to_string(), error);
    }
}
