//! Text that is cut, times that are none, marks that editors write; and where it is said to be.

use super::declared::{OrderMeasureCompleted, ShopEvent};
use event_core::Event;

fn error(fields: &str) -> String {
    let json = format!(r#"{{"order_id":"ord_1","order_version":1,"foreign":[],{fields}}}"#);
    OrderMeasureCompleted::decode_payload(&json).err().unwrap().to_string()
}

#[test]
fn half_a_surrogate_pair_is_called_that() {
    let half = "the text has half of a surrogate pair, which is no character";
    let line = r#"{"event":"order_payment_submitted","version":2,"order_id":"ord_\ud83d"}"#;
    assert_eq!(
        ShopEvent::decode(line).unwrap_err().to_string(),
        format!("event `order_payment_submitted` v2: `order_id`: {half}")
    );
    assert_eq!(error(r#""any":{"a":["\ude00"]}"#), format!("`any.a[0]`: {half}"));
    assert_eq!(error(r#""counts":{"\ud83d":1}"#), format!("`counts`: {half}"));
    // What is not read may hold one: it is JSON.
    let line =
        r#"{"event":"order_payment_submitted","version":2,"order_id":"ord_1","emoji":"\ud83d"}"#;
    assert!(ShopEvent::decode(line).is_ok());
}

#[test]
fn a_column_is_one_of_the_line_as_given() {
    let line =
        r#"{"event":"order_payment_submitted","version":2,"order_id":"ord_1","x":[1,{"a":tru}]}"#;
    let column = line.find("tru").unwrap() + 1;
    let error = ShopEvent::decode(line).unwrap_err().to_string();
    assert_eq!(error, format!("not an event line: not JSON, at line 1 column {column}"));
}

#[test]
fn a_key_twice_is_refused_in_a_field_of_any_json() {
    assert_eq!(error(r#""any":{"a":1,"a":2}"#), "`any.a`: occurs twice");
}

#[test]
fn a_second_60_is_one_only_where_a_leap_second_can_be() {
    let none = "`measured_at`: the text is not a time in RFC 3339";
    assert_eq!(error(r#""measured_at":"2026-11-21T12:30:60Z""#), none);
    let json = r#"{"order_id":"ord_1","order_version":1,"foreign":[],"measured_at":"2016-12-31T23:59:60Z"}"#;
    let time = OrderMeasureCompleted::decode_payload(json).unwrap().measured_at.unwrap();
    assert_eq!(time.to_string(), "2016-12-31T23:59:59.000000Z");
}

#[test]
fn a_byte_order_mark_before_a_record_is_skipped_and_nowhere_else() {
    let line = r#"{"event":"order_payment_submitted","version":2,"order_id":"ord_1"}"#;
    assert!(ShopEvent::decode(&format!("\u{feff}{line}")).is_ok());
    for marked in
        [format!("\u{feff}\u{feff}{line}"), format!(" \u{feff}{line}"), format!("{line}\u{feff}")]
    {
        assert!(ShopEvent::decode(&marked).is_err(), "{marked}");
    }
}
