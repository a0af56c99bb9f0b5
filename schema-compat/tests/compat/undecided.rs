//! What is not decided, and what is said of it.

use schema_compat::{Readers, Rules, Verdict, check};
use serde_json::json;

/// What cannot be known is not guessed; what is the same on both sides is.
#[test]
fn what_is_not_decided_is_not_called_compatible() {
    let of =
        |pattern: &str, title: &str| json!({"type": "string", "pattern": pattern, "title": title});
    let behind = |letter: &str| format!("(?<={letter}).");
    assert_eq!(
        check(&of(&behind("a"), "a"), &of(&behind("a"), "b"), Readers::Both, Rules::Semantic)
            .verdict,
        Verdict::Compatible
    );
    let report =
        check(&of(&behind("a"), "a"), &of(&behind("b"), "a"), Readers::Both, Rules::Semantic);
    assert_eq!(report.verdict, Verdict::Undecided);
    // Where, why, and what to write instead.
    assert_eq!(
        report.undecided[0],
        "at `/pattern` of the old schema: the pattern is too long, or has parts that are not \
         regular or that engines read differently; write it without look-behind, back references, `\\b` and \
         `\\p{..}`, in less than 4,000 letters"
    );
    let refers = |target: &str, title: &str| json!({"$ref": target, "title": title});
    let (one, two) = ("https://example.com/one.json", "https://example.com/two.json");
    assert_eq!(
        check(&refers(one, "a"), &refers(one, "b"), Readers::Both, Rules::Semantic).verdict,
        Verdict::Compatible
    );
    let report = check(&refers(one, "a"), &refers(two, "a"), Readers::Both, Rules::Semantic);
    assert_eq!(report.verdict, Verdict::Undecided);
    assert!(report.undecided[0].contains("is not in this document"), "{:?}", report.undecided);
    // A list may change around what is not decided.
    let (old, new) = (
        json!({"properties": {"a": refers(one, "a"), "b": {"type": "string"}}}),
        json!({"properties": {"a": refers(one, "a"), "b": true}}),
    );
    assert_eq!(check(&old, &new, Readers::New, Rules::Semantic).verdict, Verdict::Compatible);
}

/// An undecided answer names the place in both schemas, and what to write instead.
#[test]
fn what_is_undecided_says_where_why_and_what_to_write() {
    let least = |count: u64| json!({"properties": {"lines": {"type": "array", "minItems": count}}});
    let report = check(&least(999_999), &least(1_000_000), Readers::New, Rules::Semantic);
    assert_eq!(report.verdict, Verdict::Undecided);
    assert_eq!(
        report.undecided,
        ["`/properties/lines` of the old schema against `/properties/lines` of the new schema: a \
          breaking payload would be too large, or the patterns have too many parts; compare \
          them with lower bounds and shorter repetitions"]
    );
}
