//! A change that the engine cannot decide: no break, no permission, and never a dead end.

use crate::catalogs::*;
use event_core::Catalog;
use event_core::meta::Member;
use event_core::meta::shape::{Direction, OpaqueShape, Shape};
use serde_json::{Value, json};

fn pattern(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

/// A foreign type whose pattern looks behind: no engine of languages compares two of them. Then the
/// same one after somebody else has changed it, and after it became one that can be compared.
const CODE: &Shape = &Shape::Opaque(
    &OpaqueShape::new(|| "elsewhere::Code").schema(|_: Direction| pattern("(?<=a).")),
);
const CODE_LATER: &Shape = &Shape::Opaque(
    &OpaqueShape::new(|| "elsewhere::Code").schema(|_: Direction| pattern("(?<=b).")),
);

fn first() -> &'static Catalog {
    payment(&[field("code", CODE)])
}

fn later() -> &'static Catalog {
    payment(&[field("code", CODE_LATER)])
}

const ACCEPT: [&str; 6] =
    ["accept", "payment_failed@1", "undecided", "code", "--reason", "PAY-12: the first letter"];

#[test]
fn check_says_that_it_is_undecided_why_and_what_to_type() {
    let shop = Shop::locked("undecided-check", first());
    let ran = shop.run(later(), &["check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let start = "warning[EV0229]: `payment_failed` v1 is locked, and it is undecided whether the \
                 change of `code` breaks a reader: ";
    assert!(ran.err.starts_with(start), "{}", ran.err);
    let help = "compare the old form with the new one; if no reader breaks, accept it: `cargo run \
                -p shop -- accept payment_failed@1 undecided code --reason '..'`; else undo the \
                change, or declare v2 and keep this one as `..V1`";
    assert!(ran.err.contains(help), "{}", ran.err);
    assert_eq!(shop.run(later(), &["check", "--fail-on", "warning"]).code, 100);

    let document: Value =
        serde_json::from_str(&shop.ok(later(), &["check", "--format", "json"])).unwrap();
    let [finding] = document["findings"].as_array().unwrap().as_slice() else {
        panic!("{document}")
    };
    assert_eq!(
        (&finding["code"], &finding["severity"], &finding["field"], &finding["reader"]),
        (&"EV0229".into(), &"warning".into(), &"code".into(), &Value::Null)
    );
    assert_eq!(finding["event"], json!({"name": "payment_failed", "version": 1}));
    let reasons = finding["undecided"].as_array().unwrap();
    assert!(!reasons.is_empty());
    // The reasons are the engine's own.
    for reason in reasons {
        assert!(
            finding["message"].as_str().unwrap().contains(reason.as_str().unwrap()),
            "{finding}"
        );
    }
    assert!(
        shop.ok(later(), &["explain", "EV0229"]).contains("accept payment_failed@1 undecided code")
    );
}

#[test]
fn diff_claims_no_break_and_says_that_a_person_decides() {
    let shop = Shop::locked("undecided-diff", first());
    let note = "it is proven neither that a reader breaks nor that all readers work. `check` \
                gives the reasons. A person decides: `accept` the change, or declare the next \
                version";
    let text = format!(
        "payment_failed@1: undecided\n  schema-changed `code` (undecided)\n1 change, the largest bump is undecided\nundecided: {note}\n"
    );
    assert_eq!(shop.ok(later(), &["diff"]), text);
    let document: Value =
        serde_json::from_str(&shop.ok(later(), &["diff", "--format", "json"])).unwrap();
    let expected = json!({
        "bump": "undecided",
        "versions": [{"event": "payment_failed", "version": 1, "bump": "undecided"}],
        "changes": [{
            "event": "payment_failed", "version": 1, "change": "schema-changed",
            "field": "code", "old": null, "new": null, "verdict": "undecided",
        }],
        "note": note,
    });
    assert_eq!(document, expected);
    let markdown = shop.ok(later(), &["diff", "--format", "markdown"]);
    assert!(
        markdown.contains(&format!("largest bump is undecided\n\nundecided: {note}\n\n### ")),
        "{markdown}"
    );
    // What breaks for certain is still major.
    let broken = payment(&[field("code", CODE_LATER), field("amount", I64)]);
    let diff = shop.ok(broken, &["diff"]);
    assert!(diff.starts_with("payment_failed@1: major\n") && !diff.contains(note), "{diff}");
}

#[test]
fn once_a_person_has_decided_nothing_is_left_to_do() {
    let shop = Shop::locked("undecided-accept", first());
    let told =
        shop.ok(later(), &[&ACCEPT[..], &["--until", "2027-06-30", "--who", "ada"]].concat());
    assert_eq!(told, "accepted undecided at `code` of payment_failed@1 until 2027-06-30, by ada\n");
    let ran = shop.run(later(), &["check"]);
    let start = "warning[EV0222]: `payment_failed` v1 has an accepted undecided change that is \
                 not recorded yet: undecided at `code`\n";
    assert!(ran.err.starts_with(start), "{}", ran.err);
    let diff = "payment_failed@1: revision\n  schema-changed `code` (undecided, accepted)\n1 change, the largest bump is revision\n";
    assert_eq!(shop.ok(later(), &["diff"]), diff);
    let ran = shop.run(later(), &["lock"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, "recorded payment_failed@1 as revision 1 (schema)\n");
    let ran = shop.run(later(), &["check", "--fail-on", "warning"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let list = shop.ok(later(), &["accept", "--list"]);
    assert!(
        list.starts_with("payment_failed@1  undecided code  until 2027-06-30  ada  PAY-12"),
        "{list}"
    );
    let again = shop.run(later(), &ACCEPT);
    assert!(again.code == 101 && again.err.contains("it is accepted already"), "{}", again.err);
}

#[test]
fn lock_records_what_is_undecided_and_names_the_command_that_ends_it() {
    let shop = Shop::locked("undecided-lock", first());
    let ran = shop.run(later(), &["lock"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "recorded payment_failed@1 as revision 1 (schema)\n")
    );
    assert!(ran.err.starts_with("warning[EV0229]: "), "{}", ran.err);
    // The first revision still asks.
    let ran = shop.run(later(), &["check", "--fail-on", "warning"]);
    assert_eq!(ran.code, 100);
    let typed = "cargo run -p shop -- accept payment_failed@1 undecided code --reason '..'";
    assert!(ran.err.contains(typed), "{}", ran.err);
    assert_eq!(shop.ok(later(), &["lock"]), "nothing to record: the lock is up to date\n");
    shop.ok(later(), &ACCEPT);
    let ran = shop.run(later(), &["check", "--fail-on", "warning"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let changelog = shop.ok(later(), &["changelog"]);
    assert!(changelog.contains("schema-changed `code`"), "{changelog}");
}

#[test]
fn an_acceptance_of_what_is_not_undecided_is_refused_or_found() {
    let shop = Shop::locked("undecided-unused", first());
    let ran = shop.run(first(), &ACCEPT);
    assert!(
        ran.code == 101 && ran.err.contains("nothing breaks: there is nothing to accept"),
        "{}",
        ran.err
    );
    let elsewhere =
        shop.run(later(), &["accept", "payment_failed@1", "undecided", "amount", "--reason", "r"]);
    assert!(elsewhere.err.contains("you can accept `undecided code`"), "{}", elsewhere.err);

    shop.ok(later(), &ACCEPT);
    // The change was undone.
    let ran = shop.run(first(), &["check"]);
    assert_eq!(ran.code, 100);
    let start = "error[EV0224]: `payment_failed` v1 has an acceptance of a change that is not \
                 undecided: undecided at `code`, by ";
    assert!(ran.err.starts_with(start), "{}", ran.err);
    let removal = "accept --remove payment_failed@1 undecided code";
    assert!(ran.err.contains(removal), "{}", ran.err);
    shop.ok(first(), &["accept", "--remove", "payment_failed@1", "undecided", "code"]);
    assert_eq!(shop.run(first(), &["check", "--fail-on", "warning"]).code, 0);
    // It is no permission for another change.
    shop.ok(later(), &ACCEPT);
    let other: &[Member] = &[field("code", TEXT)];
    let ran = shop.run(payment(other), &["check"]);
    assert!(
        ran.code == 100 && ran.err.contains("EV0208") && ran.err.contains("EV0224"),
        "{}",
        ran.err
    );
}
