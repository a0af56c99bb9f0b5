//! A changelog as one JSON document. Every member is always present; a member without a value is
//! `null` or empty.

use super::history::History;
use crate::lock_change::members;
use event_grammar::lock::{Acceptance, Mode, Stage};
use event_schema::Json;
use event_schema::lock::{
    Bump, EventHistory, FirstLocked, Succession, VersionChange, VersionHistory,
};
use std::collections::BTreeMap;

pub(super) fn document(history: &History<'_>) -> Json {
    let events = history.events.iter().map(|event| {
        let versions = event.versions.iter().map(|version| of_version(history, event, version));
        Json::object([
            ("event", event.event.as_str().into()),
            ("event_type", event.event_type.as_str().into()),
            ("versions", list(versions)),
        ])
    });
    Json::object([("package", history.package.into()), ("events", list(events))])
}

fn of_version(history: &History<'_>, event: &EventHistory, version: &VersionHistory) -> Json {
    let governance = history.governance(event, version);
    let revisions = version.revisions.iter().map(|revision| {
        let number = u64::try_from(revision.number).unwrap_or(u64::MAX);
        Json::object([("revision", number.into()), ("changes", changes(&revision.changes))])
    });
    Json::object([
        ("version", version.version.into()),
        ("stage", version.stage.as_str().into()),
        ("old_stage", version.old_stage.map(Stage::as_str).into()),
        ("removed", version.removed.into()),
        ("bump", version.bump.map(Bump::as_str).into()),
        ("deprecated", governance.deprecated.into()),
        ("replaced_by", governance.replaced_by.into()),
        ("mode", version.mode.as_str().into()),
        ("old_mode", version.old_mode.map(Mode::as_str).into()),
        ("locked", version.locked.as_ref().map_or(Json::Null, first_locked)),
        ("revisions", list(revisions)),
        ("aliases", Json::texts(version.aliases.iter().map(String::as_str))),
        ("accepted", list(version.accepted.iter().map(acceptance))),
        ("retired_fields", forms(&version.retired)),
    ])
}

fn first_locked(locked: &FirstLocked) -> Json {
    Json::object([
        ("level", locked.level.as_str().into()),
        ("fields", forms(&locked.fields)),
        ("succession", locked.succession.as_ref().map_or(Json::Null, succession)),
    ])
}

fn succession(succession: &Succession) -> Json {
    let migration = succession.migration();
    let renamed = migration
        .renamed
        .iter()
        .map(|(old, new)| Json::object([("old", (*old).into()), ("new", (*new).into())]));
    let migration = Json::object([
        ("is_read", succession.is_read.into()),
        ("dropped", Json::texts(migration.dropped.iter().copied())),
        ("set", Json::texts(migration.set.iter().copied())),
        ("renamed", list(renamed)),
        ("converted", Json::texts(migration.converted.iter().copied())),
    ]);
    Json::object([
        ("before", succession.before.into()),
        ("bump", succession.bump.as_str().into()),
        ("changes", changes(&succession.changes)),
        ("migration", migration),
    ])
}

fn acceptance(accepted: &Acceptance) -> Json {
    Json::object([
        ("rule", accepted.rule.as_str().into()),
        ("path", accepted.path.as_str().into()),
        ("reason", accepted.reason.as_str().into()),
        ("who", accepted.who.as_str().into()),
        ("until", accepted.until.as_str().into()),
    ])
}

fn changes(changes: &[VersionChange]) -> Json {
    list(changes.iter().map(|change| Json::object(members(change))))
}

fn forms(forms: &BTreeMap<String, String>) -> Json {
    Json::object(forms.iter().map(|(name, form)| (name.as_str(), form.as_str().into())))
}

fn list(items: impl Iterator<Item = Json>) -> Json {
    Json::List(items.collect())
}
