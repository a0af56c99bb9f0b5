use super::{
    Acceptance, Lock, LockErrorKind, Mode, NamedType, Revision, Stage, TypesOf, Version, VersionKey,
};
use crate::fingerprint::Place;
use std::collections::BTreeMap;

const ADDRESS: &str = "{street:text,zip:text?}";
const CONTEXT: &str = "..{tenant_id:text entity(tenant) unit(ms)}";

fn types() -> [NamedType; 2] {
    [("shop::Address", ADDRESS), ("shop::RequestContext", CONTEXT)]
        .map(|(path, form)| NamedType { path: path.to_owned(), form: form.to_owned() })
}

fn version() -> Version {
    let fields = [
        ("amount_cents", "i64"),
        ("note", "text?"),
        ("status", "enum{'in progress',done}"),
        ("to", "&shop::Address?"),
    ];
    let revision = Revision {
        fingerprint: 0xe9df_1680_cb3f_ce03,
        level: "error".into(),
        transitions: String::new(),
        fields: fields.map(|(name, form)| (name.to_owned(), form.to_owned())).into(),
        groups: BTreeMap::from([("shop::RequestContext".to_owned(), Place::Context)]),
        types: types().map(|named| named.digest()).into(),
        write: "sha256:00".into(),
        read: "sha256:01".into(),
    };
    Version {
        event_type: "payment.process.failed".into(),
        stage: Stage::Locked,
        mode: Mode::FullTransitive,
        aliases: vec!["payment.failed".into()],
        revisions: vec![
            revision.clone(),
            Revision {
                transitions: "cart -> placed, placed -> cancelled | paid".into(),
                ..revision
            },
        ],
        accepted: vec![Acceptance {
            rule: "field-removed".into(),
            path: "old".into(),
            reason: "no service \"reads\" it\n\u{2028}\\".into(),
            who: "ada".into(),
            until: "2027-01-31".into(),
        }],
        retired: BTreeMap::from([("old".to_owned(), "u32".to_owned())]),
        samples: "sha256:02".into(),
    }
}

fn lock() -> Lock {
    let mut lock = Lock::new("shop");
    lock.versions.insert(VersionKey::new("payment_process_failed", 1), version());
    lock.versions.insert(VersionKey::new("payment_process_failed", 10), version());
    lock.versions.insert(VersionKey::new("payment_process_failed", 2), version());
    lock.versions.insert(VersionKey::new("cache_hit", 1), version());
    lock.types.extend(types().map(|named| (named.digest(), named)));
    lock.reserved
        .insert("reader billing".into(), "\"reader billing\": {\"owner\": \"finance\"}".into());
    lock
}

fn kind_of(text: &str) -> (usize, LockErrorKind) {
    let error = Lock::parse(text).unwrap_err();
    assert!(!error.to_string().is_empty() && error.help("cargo run -p shop --").len() > 20);
    (error.line, error.kind)
}

#[test]
fn what_is_rendered_is_read() {
    for lock in [Lock::new("shop"), lock()] {
        let text = lock.render();
        assert_eq!(Lock::parse(&text).unwrap(), lock, "{text}");
        assert_eq!(
            Lock::parse(&text.replace('\n', "\r\n")).unwrap(),
            lock,
            "as checked out on Windows"
        );
    }
    assert_eq!(
        lock().of("payment_process_failed").map(|(version, _)| version).collect::<Vec<_>>(),
        [1, 2, 10]
    );
}

#[test]
fn every_line_names_its_version() {
    let text = lock().render();
    let mut lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), count, "a merge may join equal lines, so there are none");
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_it_was() {
    let text = lock().render();
    for end in 0..text.len() - 1 {
        if text.is_char_boundary(end) {
            assert!(Lock::parse(&text[..end]).is_err(), "cut off at byte {end}");
        }
    }
}

#[test]
fn a_line_that_was_changed_is_refused() {
    let text = lock().render();
    let (line, kind) = kind_of(&text.replacen("\"i64\"", "\"u32\"", 1));
    assert_eq!(kind, LockErrorKind::Sum { version: "cache_hit@1".into() });
    assert!(text.lines().nth(line - 1).unwrap().starts_with("\"cache_hit@1 sum\""));
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.contains("10 r1 .note")).collect();
    assert_eq!(
        kind_of(&without).1,
        LockErrorKind::Sum { version: "payment_process_failed@10".into() }
    );
    assert!(Lock::parse_unsummed(&without).is_ok());
}

#[test]
fn each_mistake_has_its_place() {
    let text = lock().render();
    let conflict = text.replacen("\"cache_hit@1 mode", "<<<<<<< HEAD\n\"cache_hit@1 mode", 1);
    assert_eq!(kind_of(&conflict), (12, LockErrorKind::Conflict));
    for found in [1, 3] {
        let other = text.replacen("\": 2,", &format!("\": {found},"), 1);
        assert_eq!(kind_of(&other), (2, LockErrorKind::Format { found }));
    }
    assert_eq!(kind_of(""), (1, LockErrorKind::Truncated));
    assert!(matches!(kind_of("{}"), (1, LockErrorKind::Line { .. })));
    let twice =
        text.replacen("\"cache_hit@1 mode", "\"cache_hit@1 type\": \"x\",\n\"cache_hit@1 mode", 1);
    assert_eq!(kind_of(&twice), (12, LockErrorKind::Twice { key: "cache_hit@1 type".into() }));
    let unknown = text.replacen("cache_hit@1 mode", "cache_hit@1 mood", 1);
    assert_eq!(kind_of(&unknown), (12, LockErrorKind::Unknown { key: "cache_hit@1 mood".into() }));
    let value = text.replacen("full-transitive", "fully", 1);
    assert!(matches!(kind_of(&value), (12, LockErrorKind::Value { .. })));
    let moved = text.replacen("\"package\"", "\n\"package\"", 1);
    assert_eq!(kind_of(&moved), (3, LockErrorKind::Spelling));
    assert!(matches!(kind_of(&format!("{text}x")), (_, LockErrorKind::Line { .. })));
}

#[test]
fn a_byte_order_mark_before_a_lock_is_skipped() {
    let marked = format!("\u{feff}{}", lock().render());
    assert_eq!(Lock::parse(&marked), Ok(lock()));
    assert_eq!(Lock::parse_unsummed(&marked), Ok(lock()));
    assert_eq!(kind_of(&format!("\u{feff}{marked}")).0, 1);
}

#[test]
fn a_type_whose_form_was_changed_by_hand_is_refused() {
    let text = lock().render();
    let changed = text.replacen("{street:text", "{street:u8", 1);
    let (line, kind) = kind_of(&changed);
    assert!(matches!(kind, LockErrorKind::Digest { .. }), "{kind:?}");
    assert!(changed.lines().nth(line - 1).unwrap().contains("shop::Address"));
    assert!(Lock::parse_unsummed(&changed).is_err(), "no repair can know which of both was meant");
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.contains("type shop::Address")).collect();
    assert!(matches!(kind_of(&without).1, LockErrorKind::NoType { .. }));
}

#[test]
fn a_type_that_both_sides_of_a_merge_brought_stands_once_after_a_repair() {
    let text = lock().render();
    let line = text.split_inclusive('\n').find(|line| line.contains("type shop::Address")).unwrap();
    let merged = text.replacen(line, &line.repeat(2), 1);
    assert!(matches!(kind_of(&merged).1, LockErrorKind::Twice { .. }));
    assert_eq!(Lock::parse_unsummed(&merged).unwrap(), lock());
}

#[test]
fn reserved_lines_are_kept() {
    let text = lock().render();
    let line = "\"reader billing\": {\"owner\": \"finance\"}";
    assert!(text.contains(line));
    let other = text.replace(line, "\"number payment_process_failed@1 .amount_cents\": [1, {}]");
    assert_eq!(Lock::parse(&other).unwrap().render(), other);
}

#[test]
fn types_are_followed() {
    let lock = lock();
    let revision = &lock.get("cache_hit", 1).unwrap().revisions[0];
    let types = TypesOf::of(&lock, revision);
    assert_eq!(types.written_out("[&shop::Address?]", 100), "[{street:text,zip:text?}?]");
    assert_eq!(types.written_out("[&shop::Address?]", 10), "[&shop::Address?]");
    assert_eq!(types.whole("[&shop::Address?]"), types.whole("[{zip:text?,street:text}?]"));
    assert_ne!(types.whole("&shop::Address"), types.whole("{zip:text?,street:text?}"));
    let fields = types.fields(revision);
    assert_eq!(fields["tenant_id"], "text context unit(ms)");
    assert_eq!(fields["to"], "&shop::Address?");
    assert_eq!(types.reached("{a:&shop::Address,b:^Self}").len(), 1);
}
