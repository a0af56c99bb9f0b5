//! `accept`.

use crate::catalogs::*;
use std::fs;

const LATER: &[event_core::meta::Member] = &[field("amount", U32), field("note", MAYBE_TEXT)];
const ARGS: [&str; 6] =
    ["accept", "payment_failed@1", "type-changed", "amount", "--reason", "never below 0"];

#[test]
fn what_is_accepted_is_no_finding_and_can_be_recorded() {
    let (shop, later) = (Shop::locked("accept", payment(FIRST)), payment(LATER));
    assert_eq!(shop.run(later, &["check"]).code, 100);
    let told = shop.ok(later, &ARGS);
    assert!(
        told.starts_with(
            "accepted type-changed at `amount` of payment_failed@1 until 2027-02-19, by "
        ),
        "{told}"
    );
    let ran = shop.run(later, &["check"]);
    assert!(ran.code == 0 && ran.err.starts_with("warning[EV0222]"), "{}", ran.err);
    assert_eq!(shop.ok(later, &["lock"]), "recorded payment_failed@1 as revision 1 (`amount`)\n");
    assert_eq!(
        shop.run(later, &["check", "--fail-on", "warning"]).code,
        0,
        "the first revision still asks for it"
    );
    let list = shop.ok(later, &["accept", "--list"]);
    assert!(
        list.starts_with("payment_failed@1  type-changed amount  until 2027-02-19  "),
        "{list}"
    );
}

#[test]
fn an_accepted_break_that_is_not_recorded_is_called_one() {
    let message = |members: &[event_core::meta::Member], name: &str| {
        let (shop, later) =
            (Shop::locked(&format!("accept-{name}"), payment(FIRST)), payment(members));
        shop.ok(later, &ARGS);
        let ran = shop.run(later, &["check", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.code, &document["findings"][0]["code"]), (0, &"EV0222".into()));
        let message = document["findings"][0]["message"].as_str().unwrap().to_owned();
        (shop, message)
    };
    let (_, alone) = message(LATER, "alone");
    assert_eq!(
        alone,
        "`payment_failed` v1 has an accepted break that is not recorded yet: type-changed at \
         `amount`"
    );
    let more = [&LATER[0], &LATER[1], &field("more", MAYBE_TEXT)].map(|member| match member {
        event_core::meta::Member::Field(field) => event_core::meta::Member::Field(*field),
        event_core::meta::Member::Group(group) => event_core::meta::Member::Group(group),
    });
    let (shop, both) = message(&more, "both");
    assert_eq!(
        both,
        "`payment_failed` v1 has an accepted break that is not recorded yet: type-changed at \
         `amount`; and a compatible change: `more`"
    );
    // Once it is recorded, only what comes later is not: the acceptance is still used, by the first
    // revision.
    shop.ok(payment(&more), &["lock"]);
    let ran = shop.run(payment(LATER), &["check"]);
    assert!(
        ran.err.starts_with(
            "warning[EV0222]: `payment_failed` v1 has a compatible change that is not recorded: \
             `more`\n"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn only_what_breaks_can_be_accepted_and_once() {
    let (shop, later) = (Shop::locked("accept-once", payment(FIRST)), payment(LATER));
    let before = shop.text();
    let refused = |args: &[&str], why: &str, help: &str| {
        let ran = shop.run(later, args);
        assert_eq!(ran.code, 101, "{}", ran.err);
        assert!(ran.err.contains(why) && ran.err.contains(help), "{}", ran.err);
        assert_eq!(shop.text(), before);
    };
    let at = |rule, path| ["accept", "payment_failed@1", rule, path, "--reason", "r"];
    refused(
        &at("type-changed", "note"),
        "there is no break of this rule at this path",
        "you can accept `type-changed amount`",
    );
    refused(
        &at("field-removed", "amount"),
        "there is no break of this rule at this path",
        "you can accept `type-changed amount`",
    );
    refused(
        &at("type-chnged", "amount"),
        "there is no rule `type-chnged`, did you mean `type-changed`?",
        "check",
    );
    for day in ["2027-02-30", "soon", "2027-2-3"] {
        refused(&[&ARGS[..], &["--until", day]].concat(), "is not a date", "--until 2027-03-31");
    }
    refused(
        &[&ARGS[..], &["--until", "2026-11-20"]].concat(),
        "2026-11-20 is in the past",
        "future",
    );
    refused(
        &["accept", "payment_failed@1", "type-changed", "amount", "--reason", " "],
        "the reason is empty",
        "say why",
    );
    refused(
        &["accept", "--remove", "payment_failed@1", "type-changed", "amount"],
        "there is no acceptance",
        "--list",
    );
    assert_eq!(
        shop.run(later, &["accept", "payment_failed@1", "type-changed", "amount"]).code,
        2,
        "a reason is needed"
    );
    shop.ok(later, &[&ARGS[..], &["--who", "grace", "--until", "2026-11-21"]].concat());
    let again = shop.run(later, &ARGS);
    assert!(again.code == 101 && again.err.contains("it is accepted already"), "{}", again.err);
}

#[test]
fn an_acceptance_ends_and_one_that_is_not_used_is_an_error() {
    let (mut shop, later) = (Shop::locked("accept-ends", payment(FIRST)), payment(LATER));
    shop.ok(later, &[&ARGS[..], &["--who", "grace", "--until", "2026-11-21"]].concat());
    shop.ok(later, &["lock"]);
    assert_eq!(shop.run(later, &["check"]).code, 0);
    shop.set("SOURCE_DATE_EPOCH", "1795305600");
    let ran = shop.run(later, &["check"]);
    assert!(ran.code == 100 && ran.err.starts_with("error[EV0225]: `payment_failed` v1 has an acceptance that expired on 2026-11-21: type-changed at `amount`, by grace\n --> events.lock\n"), "{}", ran.err);
    assert_eq!(
        shop.ok(later, &["accept", "--remove", "payment_failed@1", "type-changed", "amount"]),
        "removed the acceptance of type-changed at `amount` of payment_failed@1\n"
    );
    assert_eq!(shop.ok(later, &["accept", "--list"]), "nothing is accepted\n");
}

#[test]
fn an_acceptance_of_nothing_is_an_error() {
    let (shop, later) = (Shop::locked("accept-nothing", payment(FIRST)), payment(LATER));
    shop.ok(later, &ARGS);
    let ran = shop.run(payment(FIRST), &["check"]);
    assert!(
        ran.code == 100
            && ran.err.starts_with(
                "error[EV0224]: `payment_failed` v1 has an acceptance of a break that does not exist"
            ),
        "{}",
        ran.err
    );
}

#[test]
fn a_mode_that_asks_the_last_revision_only_is_settled_by_recording() {
    let shop = Shop::new("accept-settled");
    shop.ok(payment(FIRST), &["lock", "--mode", "full"]);
    let later = payment(LATER);
    shop.ok(later, &ARGS);
    let told = shop.ok(later, &["lock"]);
    assert_eq!(
        told,
        "recorded payment_failed@1 as revision 1 (`amount`)\nremoved an acceptance of payment_failed@1 that is no longer used (type-changed amount)\n"
    );
    assert_eq!(shop.run(later, &["check", "--fail-on", "warning"]).code, 0);
}

#[test]
fn who_accepts_is_who_git_says_or_the_system() {
    let (shop, later) = (Shop::locked("accept-who", payment(FIRST)), payment(LATER));
    let git = |args: &[&str]| {
        let done = std::process::Command::new("git")
            .arg("-C")
            .arg(shop.directory.path())
            .args(args)
            .output()
            .unwrap();
        assert!(done.status.success());
    };
    git(&["init", "-q"]);
    git(&["config", "user.name", "Grace Hopper"]);
    assert!(shop.ok(later, &ARGS).ends_with("by Grace Hopper\n"));
    assert!(fs::read_to_string(shop.lock()).unwrap().contains("\"who\": \"Grace Hopper\""));
}
