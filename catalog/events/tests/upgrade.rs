//! `lock --upgrade`: the lock of this catalog as it was committed in format 1 becomes the one of
//! format 2, and loses nothing.
#![allow(clippy::unwrap_used, reason = "a test")]

use catalog::CATALOG;
use event_grammar::lock::{FORMAT_BEFORE, Lock};
use event_schema::lock::{FieldForms, LockFinding, LockFindingKind, State, check, upgrade};

const BEFORE: &str = include_str!("format_1.events.lock");
const NOW: &str = include_str!("../events.lock");
/// The day on which it was locked.
const TODAY: &str = "2026-11-21";

#[test]
fn the_lock_that_was_committed_becomes_the_one_that_is() {
    let (before, format) = Lock::parse_any(BEFORE).unwrap();
    assert_eq!(format, FORMAT_BEFORE);
    let upgraded = upgrade(&CATALOG, &State::from(before.clone())).lock;
    // What is written can be read, and is its own spelling.
    assert_eq!(Lock::parse(&upgraded.render()).unwrap(), upgraded);
    let now = Lock::parse(NOW).unwrap();
    for (key, was) in &before.versions {
        let is = &upgraded.versions[key];
        assert_eq!(is.revisions.len(), was.revisions.len(), "{key}");
        assert_eq!(
            (&is.accepted, &is.samples, &is.aliases),
            (&was.accepted, &was.samples, &was.aliases),
            "{key}"
        );
        assert_eq!((is.stage, is.mode, &is.retired), (was.stage, was.mode, &was.retired), "{key}");
        for (is, was) in is.revisions.iter().zip(&was.revisions) {
            assert_eq!(
                (&is.write, &is.read, &is.level),
                (&was.write, &was.read, &was.level),
                "{key}"
            );
            let (old, new) = (FieldForms::of(&before, was), FieldForms::of(&upgraded, is));
            assert_eq!(
                old.forms.keys().collect::<Vec<_>>(),
                new.forms.keys().collect::<Vec<_>>(),
                "{key}"
            );
            for name in old.forms.keys() {
                assert!(
                    old.are_same(name, &new, name),
                    "{key}, `{name}`: {} is {}",
                    old.forms[name],
                    new.forms[name]
                );
            }
        }
        // What was recorded since is in the committed lock only.
        assert_eq!(now.versions[key].revisions.first(), is.revisions.first(), "{key}");
    }
    // Its stored files are not at hand here, and what was declared since is a draft of it: all else
    // is as it is declared.
    let problems = check(&CATALOG, &State::from(upgraded), TODAY);
    let is_expected = |problem: &&LockFinding| match problem.kind {
        LockFindingKind::File(_) => true,
        LockFindingKind::Draft => !before.versions.contains_key(&problem.key),
        // The pattern of a mask: since then the schema of the write contract has it.
        LockFindingKind::Unrecorded { ref accepted, ref changes } => {
            accepted.is_empty() && *changes == ["schema"]
        }
        _ => false,
    };
    let others: Vec<_> = problems.iter().filter(|problem| !is_expected(problem)).collect();
    assert!(others.is_empty(), "{others:#?}");
}
