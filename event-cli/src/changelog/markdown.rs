//! A changelog in Markdown: a section per event, with a section per version, the newest first.

use super::history::History;
use crate::lock_change::what;
use crate::markdown::{code, prose};
use event_grammar::lock::Acceptance;
use event_schema::lock::{
    EventHistory, FirstLocked, Migration, Succession, VersionChange, VersionHistory,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn document(history: &History<'_>) -> String {
    let mut text = format!("# Changelog of {}\n", code(history.package));
    if history.events.is_empty() {
        text += "\nNothing is new.\n";
    }
    for event in history.events {
        // Writing to a `String` does not fail.
        let _ = write!(
            text,
            "\n## {}\n\nOn the wire: {}\n",
            code(&event.event),
            code(&event.event_type)
        );
        for version in &event.versions {
            of_version(&mut text, history, event, version);
        }
    }
    text
}

fn of_version(
    text: &mut String,
    history: &History<'_>,
    event: &EventHistory,
    version: &VersionHistory,
) {
    let (is, was) = match version.old_stage {
        _ if version.removed => ("removed", Some(version.stage)),
        was => (version.stage.as_str(), was),
    };
    let was = was.map(|stage| format!(", was {}", stage.as_str())).unwrap_or_default();
    let _ = write!(text, "\n### Version {}: {is}{was}\n\n", version.version);
    let governance = history.governance(event, version);
    if let Some(reason) = governance.deprecated.filter(|reason| !reason.is_empty()) {
        let _ = writeln!(text, "- Deprecated: {}", prose(reason));
    }
    if let Some(other) = governance.replaced_by {
        let _ = writeln!(text, "- Replaced by: {}", code(other));
    }
    let was = version.old_mode.map(|mode| format!(", was {}", mode.as_str())).unwrap_or_default();
    let _ = writeln!(text, "- Mode: {}{was}", version.mode.as_str());
    if let Some(bump) = version.bump {
        let _ = writeln!(text, "- Bump: {}", bump.as_str());
    }
    if version.removed {
        text.push_str(
            "- Its events are not read any more. Its number and the names of its fields are \
             free.\n",
        );
    }
    if let Some(locked) = &version.locked {
        let _ = writeln!(text, "- Level: {}", locked.level);
    }
    if !version.aliases.is_empty() {
        let _ =
            writeln!(text, "- Also read as: {}", codes(version.aliases.iter().map(String::as_str)));
    }
    if !version.retired.is_empty() {
        let names: Vec<_> = version
            .retired
            .iter()
            .map(|(name, form)| format!("{} ({})", code(name), code(form)))
            .collect();
        let _ = writeln!(text, "- Retired field names: {}", names.join(", "));
    }
    for accepted in &version.accepted {
        let _ = writeln!(text, "- {}", acceptance(accepted));
    }
    for revision in &version.revisions {
        let _ = write!(text, "\n#### Revision {}\n\n", revision.number);
        changes(text, &revision.changes);
    }
    if let Some(locked) = &version.locked {
        first_locked(text, version.version, locked);
    }
}

fn acceptance(accepted: &Acceptance) -> String {
    let Acceptance { rule, path, reason, who, until } = accepted;
    let place = if path.is_empty() { String::new() } else { format!(" at {}", code(path)) };
    format!("Accepted break: {rule}{place}, by {}, until {until}: {}", prose(who), prose(reason))
}

fn first_locked(text: &mut String, version: u32, locked: &FirstLocked) {
    let Some(succession) = &locked.succession else {
        text.push_str("\n#### As locked\n\n");
        fields(text, &locked.fields);
        return;
    };
    let _ = write!(
        text,
        "\n#### Against version {}: {}\n\n",
        succession.before,
        succession.bump.as_str()
    );
    changes(text, &succession.changes);
    let _ = write!(text, "\n{}\n", migration(version, succession));
}

fn fields(text: &mut String, fields: &BTreeMap<String, String>) {
    for (name, form) in fields {
        let _ = writeln!(text, "- {}: {}", code(name), code(form));
    }
    if fields.is_empty() {
        text.push_str("It has no fields.\n");
    }
}

fn changes(text: &mut String, changes: &[VersionChange]) {
    for change in changes {
        let _ = writeln!(text, "- {} ({})", what(change), change.verdict.as_str());
    }
    if changes.is_empty() {
        text.push_str("No field changed.\n");
    }
}

/// How events of the version before this one are read.
fn migration(version: u32, succession: &Succession) -> String {
    let before = succession.before;
    if !succession.is_read {
        return format!("Version {before} is retired: its events are not read any more.");
    }
    let Migration { dropped, set, renamed, converted } = succession.migration();
    let renamed: Vec<_> =
        renamed.iter().map(|(old, new)| format!("{} to {}", code(old), code(new))).collect();
    let tasks = [
        ("drops", codes(dropped)),
        ("renames", renamed.join(", ")),
        ("converts", codes(converted)),
        ("sets", codes(set)),
    ];
    let tasks: Vec<_> = tasks
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(verb, names)| format!("{verb} {names}"))
        .collect();
    let tasks = if tasks.is_empty() {
        "leaves every field as it was".to_owned()
    } else {
        tasks.join(" and ")
    };
    format!(
        "Events of version {before} are read as version {version} through its upcast, which \
         {tasks}."
    )
}

fn codes<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}
