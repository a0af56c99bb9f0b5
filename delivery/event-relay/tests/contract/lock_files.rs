//! A lock and the schemas beside it: whole, changed, damaged, mended.

use crate::locked::{directory, version};
use event_grammar::lock::{DIRECTORY, FILE, Lock, Stage, VersionKey, digest, schema_file};
use event_relay::contract::{ContractVerdict, LockedContract};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const KEY: &str = "order_payment_submitted@1";

/// A copy of the reference catalog's lock that has one version only, in a directory of its own.
fn copied(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract").join(name);
    let _ = fs::remove_dir_all(&root);
    let stored = Path::new(DIRECTORY).join(KEY);
    fs::create_dir_all(root.join(&stored)).unwrap();
    for entry in directory().join(&stored).read_dir().unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, root.join(&stored).join(path.file_name().unwrap())).unwrap();
    }
    let mut lock = Lock::parse(&fs::read_to_string(directory().join(FILE)).unwrap()).unwrap();
    lock.versions.retain(|key, _| key.to_string() == KEY);
    lock.forget_types();
    fs::write(root.join(FILE), lock.render()).unwrap();
    root.join(FILE)
}

fn changed(path: &Path, change: impl FnOnce(&mut Lock)) {
    let mut lock = Lock::parse(&fs::read_to_string(path).unwrap()).unwrap();
    change(&mut lock);
    fs::write(path, lock.render()).unwrap();
}

fn key() -> VersionKey {
    version(KEY).key.clone()
}

fn envelope() -> Value {
    version(KEY).envelope(&version(KEY).samples[0])
}

fn judge(contract: &LockedContract, envelope: &Value) -> ContractVerdict {
    contract.judge("order.payment.submitted", 1, &envelope.to_string())
}

fn refusal(path: &Path) -> String {
    LockedContract::open(path).unwrap_err().to_string()
}

#[test]
fn a_retired_version_and_an_alias_are_known() {
    let path = copied("retired");
    changed(&path, |lock| {
        let version = lock.versions.get_mut(&key()).unwrap();
        version.stage = Stage::Retired;
        version.aliases = vec!["payment_sent".to_owned()];
    });
    let contract = LockedContract::open(&path).unwrap();
    assert_eq!(judge(&contract, &envelope()), ContractVerdict::Retired);
    let by_alias = contract.judge("payment_sent", 1, &envelope().to_string());
    assert_eq!(by_alias, ContractVerdict::Retired);
    let mut wrong = envelope();
    wrong["payload"]["amount_cents"] = json!("secret");
    assert!(matches!(judge(&contract, &wrong), ContractVerdict::Invalid(_)));
}

#[test]
fn a_second_revision_is_accepted_beside_the_first() {
    let path = copied("revision");
    let stored = path.with_file_name(DIRECTORY);
    let mut schema = version(KEY).schemas[0].clone();
    schema["properties"]["method"] = json!({"type": "string"});
    schema["required"].as_array_mut().unwrap().push(json!("method"));
    let text = schema.to_string();
    fs::write(stored.join(schema_file(&key(), 1, "write")), &text).unwrap();
    changed(&path, |lock| {
        let revisions = &mut lock.versions.get_mut(&key()).unwrap().revisions;
        let mut second = revisions[0].clone();
        second.write = digest(&text, hmac_sha256::Hash::hash);
        second.fields.insert("method".to_owned(), "text".to_owned());
        revisions.push(second);
    });
    let contract = LockedContract::open(&path).unwrap();
    assert_eq!(judge(&contract, &envelope()), ContractVerdict::Valid);
    let mut newer = envelope();
    newer["payload"]["method"] = json!("card");
    assert_eq!(judge(&contract, &newer), ContractVerdict::Valid);
    newer["payload"]["method"] = json!(7);
    let ContractVerdict::Invalid(finding) = judge(&contract, &newer) else { panic!() };
    assert_eq!(
        finding.to_string(),
        "`/payload/method` does not match `type: \"string\"` (`/properties/method/type` of order_payment_submitted@1/r1.write.json)"
    );
}

#[test]
fn a_lock_that_is_not_whole_is_refused_with_its_path_and_a_way_out() {
    let path = copied("whole");
    let whole = fs::read_to_string(&path).unwrap();
    let cut = &whole[..whole.len() / 2];
    let marked = whole.replacen("\n\n", "\n<<<<<<< HEAD\n\n", 1);
    let edited = whole.replacen("\"info\"", "\"error\"", 1);
    let help = "help: copy `events.lock` and `events.lock.d` together, from one commit";
    for (text, what) in [
        (cut, "the file ends too early"),
        ("", "the file ends too early"),
        (&marked, "a merge conflict is not resolved"),
        (&edited, "were changed by hand, or by a merge"),
    ] {
        fs::write(&path, text).unwrap();
        let refusal = refusal(&path);
        assert!(refusal.starts_with(&format!("{}: line ", path.display())), "{refusal}");
        assert!(refusal.contains(what) && refusal.contains(help), "{refusal}");
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(refusal(&path).contains("the lock cannot be read: stream did not contain valid UTF-8"));
    fs::remove_file(&path).unwrap();
    let refusal = refusal(&path);
    assert!(
        refusal.contains("the lock cannot be read: ")
            && refusal.contains("help: name the `events.lock`"),
        "{refusal}"
    );
}

#[test]
fn a_missing_or_damaged_schema_is_refused() {
    let path = copied("damaged");
    let schema = path.with_file_name(DIRECTORY).join(schema_file(&key(), 0, "write"));
    let whole = fs::read_to_string(&schema).unwrap();
    // A file with other line breaks is the same file.
    fs::write(&schema, whole.replace('\n', "\r\n")).unwrap();
    assert_eq!(judge(&LockedContract::open(&path).unwrap(), &envelope()), ContractVerdict::Valid);
    fs::write(&schema, whole.replace("9223372036854775807", "9")).unwrap();
    let damaged = refusal(&path);
    assert!(damaged.starts_with(&schema.display().to_string()), "{damaged}");
    assert!(damaged.contains("help: copy `events.lock` and `events.lock.d` together"), "{damaged}");
    fs::remove_file(&schema).unwrap();
    let missing = refusal(&path);
    assert!(missing.contains(": the schema cannot be read: "), "{missing}");
}

/// Makes the file look as if it was changed long ago, so that its metadata is trusted.
fn settle(path: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
}

#[test]
fn a_changed_lock_is_read_and_a_broken_one_leaves_the_old_in_force() {
    let path = copied("reloaded");
    settle(&path, 90);
    let contract = LockedContract::open(&path).unwrap();
    assert_eq!(contract.reload_if_changed(), Ok(false));
    let whole = fs::read_to_string(&path).unwrap();

    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    for _ in 0..2 {
        let error = contract.reload_if_changed().unwrap_err();
        assert_eq!(error.path(), path);
        assert_eq!(judge(&contract, &envelope()), ContractVerdict::Valid);
    }

    fs::write(&path, &whole).unwrap();
    assert_eq!(contract.reload_if_changed(), Ok(false), "the lock has the old text again");

    changed(&path, |lock| lock.versions.get_mut(&key()).unwrap().stage = Stage::Retired);
    assert_eq!(contract.reload_if_changed(), Ok(true));
    assert_eq!(judge(&contract, &envelope()), ContractVerdict::Retired);
    assert_eq!(contract.reload_if_changed(), Ok(false));

    // A version that a producer deployed before the relay.
    changed(&path, |lock| lock.versions.clear());
    assert_eq!(contract.reload_if_changed(), Ok(true));
    assert!(matches!(judge(&contract, &envelope()), ContractVerdict::Unknown { .. }));
    fs::write(&path, &whole).unwrap();
    assert_eq!(contract.reload_if_changed(), Ok(true));
    assert_eq!(judge(&contract, &envelope()), ContractVerdict::Valid);
}

#[test]
fn a_lock_whose_metadata_is_the_same_is_not_read() {
    let path = copied("unread");
    settle(&path, 90);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let contract = LockedContract::open(&path).unwrap();
    let whole = fs::read_to_string(&path).unwrap();
    let set = |text: &str| {
        fs::write(&path, text).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    set(&"x".repeat(whole.len()));
    assert_eq!(contract.reload_if_changed(), Ok(false));
    set(&"x".repeat(whole.len() + 1));
    assert!(contract.reload_if_changed().is_err());
}
