//! Writes a lock in its one spelling.

use super::line::push_text;
use super::{FORMAT, Lock, NamedType, Revision, Version, VersionKey, sum};
use std::fmt::Write as _;

impl Lock {
    /// The text of the lock in its one spelling.
    pub fn render(&self) -> String {
        lock(self)
    }
}

fn lock(lock: &Lock) -> String {
    let mut out = format!("{{\n\"lock_format\": {FORMAT},\n\"package\": ");
    push_text(&mut out, &lock.package);
    out.push_str(",\n");
    if !lock.types.is_empty() {
        out.push('\n');
    }
    let mut types: Vec<(&u64, &NamedType)> = lock.types.iter().collect();
    types.sort_unstable_by_key(|(digest, named)| (&named.path, **digest));
    for (digest, named) in types {
        let _ = writeln!(out, "{},", type_line(*digest, named));
    }
    if !lock.reserved.is_empty() {
        out.push('\n');
    }
    for line in lock.reserved.values() {
        let _ = writeln!(out, "{line},");
    }
    for (key, version) in &lock.versions {
        out.push('\n');
        let lines = lines(key, version);
        for line in &lines {
            out.push_str(line);
            out.push_str(",\n");
        }
        let sum = sum::render(sum::of(lines.iter().map(String::as_str)));
        let _ = writeln!(out, "{},", member(key, "sum", &sum));
    }
    let _ = write!(out, "\n\"lock_end\": {FORMAT}\n}}\n");
    out
}

/// The lines of a version without its sum and without commas.
fn lines(key: &VersionKey, version: &Version) -> Vec<String> {
    let mut lines = vec![
        member(key, "type", &version.event_type),
        member(key, "stage", version.stage.as_str()),
        member(key, "mode", version.mode.as_str()),
    ];
    lines
        .extend(version.aliases.iter().map(|alias| member(key, &format!("alias {alias}"), "read")));
    for (number, revision) in version.revisions.iter().enumerate() {
        revision_lines(key, number, revision, &mut lines);
    }
    lines.extend(
        version.retired.iter().map(|(name, form)| member(key, &format!("retired .{name}"), form)),
    );
    for (number, accepted) in version.accepted.iter().enumerate() {
        let mut line = String::new();
        push_text(&mut line, &format!("{key} accepted {number}"));
        let members = [
            ("rule", &accepted.rule),
            ("path", &accepted.path),
            ("reason", &accepted.reason),
            ("who", &accepted.who),
            ("until", &accepted.until),
        ];
        for (at, (name, text)) in members.into_iter().enumerate() {
            line.push_str(if at == 0 { ": {" } else { ", " });
            push_text(&mut line, name);
            line.push_str(": ");
            push_text(&mut line, text);
        }
        line.push('}');
        lines.push(line);
    }
    lines.push(member(key, "samples", &version.samples));
    lines
}

fn revision_lines(key: &VersionKey, number: usize, revision: &Revision, lines: &mut Vec<String>) {
    let mut add =
        |name: &str, value: &str| lines.push(member(key, &format!("r{number} {name}"), value));
    add("fingerprint", &format!("{:016x}", revision.fingerprint));
    add("level", &revision.level);
    if !revision.transitions.is_empty() {
        add("transitions", &revision.transitions);
    }
    for (name, form) in &revision.fields {
        add(&format!(".{name}"), form);
    }
    for (path, place) in &revision.groups {
        add(&format!("group {path}"), place.as_str());
    }
    let types: Vec<String> = revision.types.iter().map(|digest| format!("{digest:016x}")).collect();
    if !types.is_empty() {
        add("types", &types.join(" "));
    }
    add("write", &revision.write);
    add("read", &revision.read);
}

/// The key of a type's line.
pub(super) fn type_key(path: &str, digest: u64) -> String {
    format!("type {path}#{digest:016x}")
}

/// `"type shop::Address#2d1c76c1a3c0f6b2": "{street:text}"`
fn type_line(digest: u64, named: &NamedType) -> String {
    let mut line = String::new();
    push_text(&mut line, &type_key(&named.path, digest));
    line.push_str(": ");
    push_text(&mut line, &named.form);
    line
}

fn member(key: &VersionKey, name: &str, value: &str) -> String {
    let mut line = String::new();
    push_text(&mut line, &format!("{key} {name}"));
    line.push_str(": ");
    push_text(&mut line, value);
    line
}
