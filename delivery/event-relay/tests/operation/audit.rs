//! Each change has its audit event, in the transaction of the change.

use crate::shop::{Ran, Shop};
use crate::status::busy;
use std::process::Command;

fn audited(shop: &Shop) -> Vec<serde_json::Value> {
    let rows = shop.query("SELECT envelope FROM outbox_audit ORDER BY id");
    rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The audit event that one command writes.
fn event_of(words: &str) -> (serde_json::Value, Ran) {
    let shop = busy();
    let ran = shop.run(&format!("{words} --yes --by grace --reason tidying"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut events = audited(&shop);
    assert_eq!(events.len(), 1, "{words}");
    let event = events.remove(0);
    let row = shop.query("SELECT recorded_at, event_type FROM outbox_audit");
    let own = [&event["recorded_at"], &event["event_type"]].map(|text| text.as_str().unwrap());
    assert_eq!(row, own.join("|"));
    (event, ran)
}

#[test]
fn what_who_and_why() {
    for (words, event_type, payload) in [
        (
            "dead requeue --target billing --all",
            "event.requeued",
            r#"{"target":"billing","events":2,"from_seq":1,"to_seq":2}"#,
        ),
        (
            "dead skip --target billing --seq 1",
            "event.skipped",
            r#"{"target":"billing","events":1,"from_seq":1,"to_seq":1,"released":2}"#,
        ),
        (
            "rewind --target billing --to-seq 2",
            "cursor.rewound",
            r#"{"target":"billing","before_seq":4,"after_seq":2,"events":2}"#,
        ),
        (
            "replay --target search --from 2020-01-01",
            "event.replayed",
            r#"{"target":"search","events":6,"from_seq":1,"to_seq":6}"#,
        ),
        (
            "purge --keep 0d --no-targets",
            "event.purged",
            r#"{"events":2,"to_seq":6,"abandoned_targets":[]}"#,
        ),
    ] {
        let (event, ran) = event_of(words);
        assert_eq!(event["event_type"], event_type);
        assert_eq!(event["context"]["service"], "event-relay");
        let mut expected: serde_json::Value = serde_json::from_str(payload).unwrap();
        expected["who"] = "grace".into();
        expected["reason"] = "tidying".into();
        assert_eq!(event["payload"], expected, "{words}");
        // The same event is a line of the relay's log.
        let line: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!(line["event"], event_type.replace('.', "_"), "{ran:?}");
        assert_eq!(line["who"], "grace");
    }
}

#[test]
fn the_person_is_the_user_and_the_reason_may_be_missing() {
    let shop = busy();
    shop.run("dead requeue --target billing --seq 1").ok();
    let payload = &audited(&shop)[0]["payload"];
    assert_eq!((&payload["who"], &payload["reason"]), (&"ada".into(), &serde_json::Value::Null));
    let mut command = shop.command();
    command.env_remove("USER").env_remove("LOGNAME").env_remove("USERNAME");
    command.args(["dead", "requeue", "--target", "billing", "--seq", "2"]);
    assert_eq!(Ran::of(command.arg("--database").arg(&shop.database)).code, 0);
    let account = Command::new("id").arg("-un").output().unwrap();
    let account = String::from_utf8(account.stdout).unwrap();
    assert_eq!(audited(&shop)[1]["payload"]["who"], account.trim());
    let mut command = shop.command();
    command.env_remove("USER").env("LOGNAME", "eve");
    command.args("dead requeue --target billing --seq 1".split(' '));
    assert_eq!(Ran::of(command.arg("--database").arg(&shop.database)).code, 0);
    assert_eq!(audited(&shop)[2]["payload"]["who"], "eve");
}

#[test]
fn without_its_audit_event_a_change_is_rolled_back() {
    let shop = busy();
    let sql = "CREATE TRIGGER t BEFORE INSERT ON outbox_audit
        BEGIN SELECT RAISE(ABORT, 'no audit today'); END";
    shop.execute(sql, &[]);
    let before = shop.dump();
    for words in [
        "dead requeue --target billing --seq 1",
        "dead skip --target billing --seq 1 --yes",
        "rewind --target billing --to-seq 2 --yes",
        "replay --target search --from 2020-01-01 --yes",
        "purge --keep 0d --no-targets --yes",
    ] {
        let ran = shop.run(words);
        assert_eq!(ran.code, 101, "{words}");
        assert!(ran.err.contains("no audit today"), "{ran:?}");
        assert_eq!(shop.dump(), before, "{words}");
    }
}

#[test]
fn an_emitter_that_leaves_the_audit_event_out_changes_nothing() {
    use event_core::{Emitter, Level};
    use event_relay::operation::{OperationError, Operator, rewind};
    let shop = busy();
    let before = shop.dump();
    let emitter = Emitter::builder().level(Level::Critical).build();
    let operator = Operator { emitter: &emitter, by: "ada", reason: None };
    let done = rewind::run(&mut shop.open(), &operator, &[], "billing", 2);
    assert_eq!(done, Err(OperationError::NoAudit));
    assert_eq!(shop.dump(), before);
}
