//! `check`.

use crate::catalogs::*;
use event_core::Level;
use event_core::meta::shape::{Shape, TextFormat};
use event_core::meta::{EventMeta, FieldMeta, Governance, LevelRule, Member, Sensitivity};
use serde_json::Value;
use std::fs;

fn findings(shop: &Shop, catalog: &'static event_core::Catalog, args: &[&str]) -> (u8, Vec<Value>) {
    let args: Vec<&str> = ["check", "--format", "json"].iter().chain(args).copied().collect();
    let ran = shop.run(catalog, &args);
    let document: Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    (ran.code, document["findings"].as_array().unwrap().clone())
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn what_is_as_it_was_locked_is_fine() {
    let catalog = catalog(&[&PAYMENT_1, &ORDER_1]);
    let shop = Shop::locked("check-fine", catalog);
    let ran = shop.run(catalog, &["check", "--fail-on", "warning"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (0, "2 versions locked in events.lock\n", "")
    );
}

#[test]
fn a_break_has_its_place_its_forms_and_a_line_that_shows_it() {
    let shop = Shop::locked("check-break", payment(FIRST));
    let before = shop.everything();
    let (code, found) =
        findings(&shop, payment(&[field("amount", TEXT), field("note", MAYBE_TEXT)]), &[]);
    assert_eq!((code, codes(&found)), (100, vec!["EV0208"]));
    let finding = &found[0];
    assert_eq!(
        (&finding["file"], &finding["line"], &finding["field"]),
        (&"src/payment.rs".into(), &3.into(), &"amount".into())
    );
    assert_eq!((&finding["old_text"], &finding["new_text"]), (&"`i64`".into(), &"`text`".into()));
    assert_eq!(finding["reader"], "old and new");
    assert!(finding["witness"]["amount"].is_i64(), "{}", finding["witness"]);
    assert_eq!(shop.everything(), before, "it writes nothing");
}

#[test]
fn every_kind_of_break_of_an_event() {
    static LEVEL: EventMeta = event(PAYMENT, FIRST).level(LevelRule::Fixed(Level::Info));
    static RENAMED: EventMeta = event(
        PAYMENT,
        &[
            Member::Field(FieldMeta::new("cents", "", I64).aliases(&["amount"])),
            field("note", MAYBE_TEXT),
        ],
    );
    static GONE: EventMeta = event(PAYMENT, &[field("note", MAYBE_TEXT)]);
    static MORE: EventMeta =
        event(PAYMENT, &[field("amount", I64), field("note", MAYBE_TEXT), field("more", TEXT)]);
    static OPTIONAL: EventMeta =
        event(PAYMENT, &[field("amount", &Shape::Optional(I64)), field("note", MAYBE_TEXT)]);
    static NAMED: EventMeta = event(PAYMENT.dotted("payment.broke"), FIRST);
    let shop = Shop::locked("check-kinds", payment(FIRST));
    for (event, code) in [
        (&LEVEL, "EV0216"),
        (&RENAMED, "EV0204"),
        (&GONE, "EV0203"),
        (&MORE, "EV0205"),
        (&OPTIONAL, "EV0207"),
        (&NAMED, "EV0202"),
    ] {
        let (exit, found) = findings(&shop, catalog(&[event]), &[]);
        assert_eq!((exit, codes(&found)), (100, vec![code]), "{found:#?}");
    }
    let (exit, found) = findings(&shop, catalog(&[]), &[]);
    assert_eq!((exit, codes(&found)), (100, vec!["EV0201"]));
}

#[test]
fn a_mask_that_is_taken_off_is_a_break_that_no_reader_notices() {
    static MASKED: EventMeta = event(
        PAYMENT,
        &[Member::Field(FieldMeta::new("card", "", TEXT).sensitivity(Sensitivity::Last4))],
    );
    let shop = Shop::locked("check-mask", catalog(&[&MASKED]));
    let (code, found) = findings(&shop, payment(&[field("card", TEXT)]), &[]);
    assert_eq!((code, codes(&found), &found[0]["reader"]), (100, vec!["EV0213"], &Value::Null));
}

#[test]
fn only_the_schema_knows_what_a_foreign_type_is() {
    let shop = Shop::locked("check-foreign", payment(&[field("code", FOREIGN)]));
    let later = payment(&[field("code", FOREIGN_LATER)]);
    let (code, found) = findings(&shop, later, &[]);
    assert_eq!((code, codes(&found)), (100, vec!["EV0221"]), "{found:#?}");
    let finding = &found[0];
    assert_eq!(
        (&finding["rule"], &finding["field"], &finding["revision"]),
        (&"max-length-lowered".into(), &"code".into(), &0.into())
    );
    assert!(finding["witness"]["code"].as_str().unwrap().len() > 3);
    assert_eq!(finding["new"], "/properties/code/maxLength");
    // It can be accepted by the engine's rule, which the compiler does not know and so does not
    // mind.
    shop.ok(
        later,
        &[
            "accept",
            "payment_failed@1",
            "max-length-lowered",
            "code",
            "--reason",
            "codes have three letters",
        ],
    );
    assert_eq!(shop.ok(later, &["lock"]), "recorded payment_failed@1 as revision 1 (schema)\n");
    assert_eq!(findings(&shop, later, &["--fail-on", "warning"]).0, 0);
}

#[test]
fn what_is_not_recorded_is_a_warning_and_a_draft_a_note() {
    static LATER: EventMeta = event(
        PAYMENT,
        &[field("amount", I64), field("note", MAYBE_TEXT), field("more", MAYBE_TEXT)],
    );
    let shop = Shop::locked("check-warn", payment(FIRST));
    let later = catalog(&[&LATER, &ORDER_1]);
    let (code, found) = findings(&shop, later, &[]);
    assert_eq!((code, codes(&found)), (0, vec!["EV0223", "EV0222"]));
    assert_eq!(
        found[1]["message"],
        "`payment_failed` v1 has a compatible change that is not recorded: `more`"
    );
    assert_eq!(findings(&shop, later, &["--fail-on", "warning"]).0, 100);
    shop.ok(later, &["lock"]);
    assert_eq!(findings(&shop, later, &["--fail-on", "warning"]), (0, vec![]));
}

#[test]
fn an_event_that_should_be_gone_is_told_from_its_day_on() {
    static LEAVING: EventMeta =
        event(PAYMENT, FIRST).governance(Governance::NONE.expires("2026-11-21"));
    let mut shop = Shop::locked("check-expires", catalog(&[&LEAVING]));
    assert_eq!(codes(&findings(&shop, catalog(&[&LEAVING]), &[]).1), ["EV0228"]);
    shop.set("SOURCE_DATE_EPOCH", "1795219199");
    assert!(findings(&shop, catalog(&[&LEAVING]), &[]).1.is_empty());
    shop.set("SOURCE_DATE_EPOCH", "soon");
    assert_eq!(shop.run(catalog(&[&LEAVING]), &["check"]).code, 101);
}

#[test]
fn a_lock_that_cannot_be_read_is_told_with_its_line() {
    let catalog = payment(FIRST);
    let shop = Shop::locked("check-read", catalog);
    let text = shop.text();
    let cut: String = text.split_inclusive('\n').take(8).collect();
    let cases = [
        (text.replacen("\"i64\"", "\"u32\"", 1), "their sum does not fit", "lock --repair"),
        (cut, "the file ends too early", "git checkout -- events.lock"),
        (
            text.replacen("lock_format\": 2", "lock_format\": 9", 1),
            "lock format 9, and this version of event-core reads format 2",
            "build with that version",
        ),
        (
            text.replacen("lock_format\": 2", "lock_format\": 1", 1),
            "lock format 1, and this version of event-core reads format 2",
            "begin a new lock",
        ),
        (
            text.replacen("\"payment_failed@1 mode", "<<<<<<< HEAD\n\"payment_failed@1 mode", 1),
            "a merge conflict is not resolved",
            "merge=union",
        ),
    ];
    for (broken, what, help) in cases {
        fs::write(shop.lock(), &broken).unwrap();
        for (command, code) in [("check", 100), ("lock", 101)] {
            let ran = shop.run(catalog, &[command]);
            assert_eq!(ran.code, code, "{}", ran.err);
            assert!(
                ran.err.starts_with("error[EV0226]: the lock cannot be read: ")
                    && ran.err.contains("\n --> events.lock:"),
                "{}",
                ran.err
            );
            assert!(ran.err.contains(what) && ran.err.contains(help), "{}", ran.err);
        }
        assert_eq!(shop.text(), broken, "what is broken is not touched");
    }
}

#[test]
fn stored_files_are_what_was_recorded() {
    let catalog = payment(FIRST);
    let shop = Shop::locked("check-files", catalog);
    let file = shop.stored("payment_failed@1/r0.write.json");
    let contents = fs::read_to_string(&file).unwrap();
    fs::write(&file, contents.replace('\n', "\r\n")).unwrap();
    assert_eq!(findings(&shop, catalog, &[]), (0, vec![]), "as checked out on Windows");
    fs::write(&file, contents.replace("amount", "amounts")).unwrap();
    fs::remove_file(shop.stored("payment_failed@1/samples.ndjson")).unwrap();
    let (code, found) = findings(&shop, catalog, &[]);
    assert_eq!((code, codes(&found)), (100, vec!["EV0227", "EV0227"]));
    assert_eq!(found[0]["file"], "events.lock.d/payment_failed@1/r0.write.json");
    let ran = shop.run(catalog, &["lock"]);
    assert!(
        ran.code == 101 && ran.err.contains("git checkout -- events.lock.d/payment_failed@1/"),
        "{}",
        ran.err
    );
    let repaired = shop.ok(catalog, &["lock", "--repair"]);
    assert_eq!(repaired.lines().count(), 2, "{repaired}");
    assert_eq!(fs::read_to_string(&file).unwrap(), contents);
    assert_eq!(findings(&shop, catalog, &[]), (0, vec![]));
    // What is not declared as it was cannot be written anew.
    fs::remove_file(&file).unwrap();
    let ran = shop.run(payment(&[field("amount", I64)]), &["lock", "--repair"]);
    assert!(
        ran.code == 100
            && ran
                .err
                .starts_with("error[EV0227]: a stored file of `payment_failed` v1 is missing"),
        "{}",
        ran.err
    );
}

#[test]
fn repair_sums_anew_and_says_what() {
    let catalog = catalog(&[&PAYMENT_1, &ORDER_1]);
    let shop = Shop::locked("check-repair", catalog);
    let text = shop.text();
    fs::write(
        shop.lock(),
        text.replacen(
            "\"payment_failed@1 mode\": \"full-transitive\"",
            "\"payment_failed@1 mode\": \"backward\"",
            1,
        ),
    )
    .unwrap();
    let told = shop.ok(catalog, &["lock", "--repair"]);
    assert_eq!(
        told,
        "recomputed the sum of payment_failed@1: check its lines in `git diff` before you commit\n"
    );
    assert!(shop.text().contains("\"payment_failed@1 mode\": \"backward\""));
    assert_eq!(findings(&shop, catalog, &[]).0, 0);
    assert_eq!(shop.ok(catalog, &["lock", "--repair"]), "nothing to repair\n");
}

#[test]
fn every_format_is_written() {
    let shop = Shop::locked("check-formats", payment(FIRST));
    let broken =
        payment(&[field("amount", &Shape::Text(TextFormat::Date)), field("note", MAYBE_TEXT)]);
    let github = shop.run(broken, &["check", "--format", "github"]);
    assert!(
        github.err.starts_with("::error file=src/payment.rs,line=3,col=12,title=EV0208::"),
        "{}",
        github.err
    );
    let sarif: Value =
        serde_json::from_str(&shop.run(broken, &["check", "--format", "sarif"]).out).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "EV0208");
}
