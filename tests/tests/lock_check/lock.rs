//! The lock of cases, from the program that prints what each was before.

use crate::cargo::Workspace;
use crate::case::{Case, events};
use event_grammar::lock::{Acceptance, Lock, Mode, NamedType, Stage, Version};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const PROGRAM: &str = r#"
use event_core::{lock, meta::EventMeta};
use event_grammar::lock::{Lock, Mode, Stage, Version, VersionKey};

fn lock(events: &[&'static EventMeta]) {
    let mut locked = Lock::new("catalog");
    for e in events {
        let (revision, types) = lock::revision_of(e);
        locked.types.extend(types);
        let version = Version {
            event_type: e.name.dotted.into(),
            stage: Stage::Locked,
            mode: Mode::FullTransitive,
            aliases: e.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            revisions: vec![revision],
            accepted: Vec::new(),
            retired: Default::default(),
            samples: "sha256:".into(),
        };
        locked.versions.insert(VersionKey::new(e.name.snake, e.version), version);
    }
    print!("{}----\n", locked.render());
}
"#;

/// What the cases have locked, in their order.
pub(crate) fn locked(
    workspace: &Workspace,
    cases: &[Case],
    crates: &[&str],
    dependencies: &str,
) -> Vec<Lock> {
    let mut modules = String::new();
    let mut calls = String::new();
    for case in cases {
        for revision in 0..case.before.len() {
            let source = case.source_before(revision);
            let module = format!("{}_r{revision}", case.module());
            let source = source.replace("#![allow(warnings)]", "");
            let _ = writeln!(modules, "pub mod {module} {{\n{source}}}");
            let metas: Vec<String> = events(&source)
                .iter()
                .map(|event| format!("<{module}::{event} as event_core::Event>::META"))
                .collect();
            let _ = writeln!(calls, "lock(&[{}]);", metas.join(", "));
        }
    }
    let program = format!("#![allow(warnings)]\n{modules}{PROGRAM}fn main() {{\n{calls}}}\n");
    workspace.manifest(
        "before",
        &format!("[dependencies]\n{dependencies}event-grammar = {{ path = \"{{root}}/event-grammar\" }}\n"),
    );
    workspace.write("crates/before/src/main.rs", &program);
    let printed = workspace.run("before");
    let mut printed =
        printed.split("----\n").map(|text| Lock::parse(text).map_err(|error| error.to_string()));
    cases
        .iter()
        .zip(crates)
        .map(|(case, krate)| {
            let mut next =
                |revision| moved(printed.next().unwrap().unwrap(), case, revision, krate);
            let mut lock = next(0);
            for revision in 1..case.before.len() {
                let Lock { versions, types, .. } = next(revision);
                lock.types.extend(types);
                for (key, version) in versions {
                    lock.versions.get_mut(&key).unwrap().revisions.extend(version.revisions);
                }
            }
            lock.versions.values_mut().for_each(|version| decide(case, version));
            lock
        })
        .collect()
}

/// The lock as it would be had the case's types been where they are now: the program has a module
/// for every revision, and a crate of its own.
fn moved(mut lock: Lock, case: &Case, revision: usize, krate: &str) -> Lock {
    let from = format!("before::{}_r{revision}::", case.module());
    let to = format!("{}::{}::", krate.replace('-', "_"), case.module());
    let moved = |text: &str| text.replace(&from, &to).replace("shared_before::", "shared_after::");
    let mut digests = BTreeMap::new();
    for (digest, named) in std::mem::take(&mut lock.types) {
        let named = NamedType { path: moved(&named.path), form: moved(&named.form) };
        digests.insert(digest, named.digest());
        lock.types.insert(named.digest(), named);
    }
    for revision in lock.versions.values_mut().flat_map(|version| &mut version.revisions) {
        revision.fields.values_mut().for_each(|form| *form = moved(form));
        revision.groups =
            revision.groups.iter().map(|(path, place)| (moved(path), *place)).collect();
        revision.types = revision.types.iter().map(|digest| digests[digest]).collect();
    }
    lock
}

/// What the case's headers say about its versions.
fn decide(case: &Case, version: &mut Version) {
    if let Some(mode) = case.header("mode") {
        version.mode = Mode::ALL.into_iter().find(|known| known.as_str() == mode).unwrap();
    }
    if let Some(stage) = case.header("stage") {
        version.stage = Stage::ALL.into_iter().find(|known| known.as_str() == stage).unwrap();
    }
    if let Some(accepted) = case.header("accepted") {
        let (rule, path) = accepted.split_once(' ').unwrap_or((&accepted, ""));
        let text = |text: &str| text.to_owned();
        let until = text("2030-01-01");
        let (rule, path, reason, who) =
            (text(rule), text(path), text("nobody reads it"), text("the payments team"));
        version.accepted.push(Acceptance { rule, path, reason, who, until });
    }
    if let Some((name, form)) =
        case.header("retired").as_deref().and_then(|text| text.split_once(' '))
    {
        version.retired.insert(name.to_owned(), form.to_owned());
    }
}

/// One lock with all of them.
pub(crate) fn joined<'l>(locks: impl IntoIterator<Item = &'l Lock>) -> String {
    let mut lock = Lock::new("catalog");
    for one in locks {
        lock.versions.extend(one.versions.clone());
        lock.types.extend(one.types.clone());
    }
    lock.render()
}
