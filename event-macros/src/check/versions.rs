//! The versions of one event are in one block: without gaps or duplicates, and the newest has the
//! plain name.

use super::names::split_version;
use crate::ast::{Block, Event, Field, Role};
use crate::diag::Errors;
use proc_macro2::Span;
use std::collections::HashMap;

pub(super) fn check(block: &mut Block, errors: &Errors) {
    suffixes(block, errors);
    duplicates(block, errors);
    gaps(block, errors);
    automatic(block, errors);
}

/// The suffix of an older version's type name must be its version; the newest version has no
/// suffix.
fn suffixes(block: &mut Block, errors: &Errors) {
    for event in &mut block.events {
        let ident = event.head.ident.clone();
        let (_, suffix) = split_version(&ident);
        let Some(version) = suffix else { continue };
        event.name.latest = false;
        match event.version_span {
            None => event.version = version,
            Some(span) if event.version != version => {
                errors.at(
                    span,
                    format!("`{ident}` says version {version}, the attribute says {}\nhelp: write `version = {version}`, or rename the type", event.version),
                );
                event.version = version;
                event.poisoned = true;
            }
            Some(_) => {}
        }
    }
}

/// Each version of an event must be declared once. Declarations with a `cfg` are compared when the
/// catalog is joined.
fn duplicates(block: &mut Block, errors: &Errors) {
    let mut known = Declared::default();
    let mut kept: Vec<Event> = Vec::new();
    for event in std::mem::take(&mut block.events) {
        let Some(first) = known.add(&event, kept.len()).map(|first| &kept[first]) else {
            kept.push(event);
            continue;
        };
        let (snake, version) = (event.name.snake(), event.version);
        let what = if first.name.dotted() == event.name.dotted() {
            format!(
                "event `{snake}` v{version} is declared twice\nhelp: rename one of them, or give it another version"
            )
        } else {
            format!(
                "`{}` and `{}` are both `{snake}` when written with `_`\nhelp: rename one of them: a name has one reading in each spelling",
                first.name.dotted(),
                event.name.dotted()
            )
        };
        errors.on(&event.head.ident, what);
        errors.on(&first.head.ident, format!("`{snake}` v{version} is first declared here"));
    }
    block.events = kept;
}

/// The declarations so far, by each key that must be unique.
#[derive(Default)]
struct Declared {
    types: HashMap<String, usize>,
    versions: HashMap<(String, u32), usize>,
}

impl Declared {
    /// Adds an event, or returns the event with the same key.
    fn add(&mut self, event: &Event, at: usize) -> Option<usize> {
        if !event.head.cfgs().is_empty() {
            return None;
        }
        let ident = event.head.ident.to_string();
        let version = (!event.poisoned).then(|| (event.name.snake(), event.version));
        let same_version = version.as_ref().and_then(|version| self.versions.get(version));
        let first = self.types.get(&ident).into_iter().chain(same_version).min().copied();
        if first.is_none() {
            self.types.insert(ident, at);
            self.versions.extend(version.map(|version| (version, at)));
        }
        first
    }
}

/// The versions of each event of a block, by the event's name.
pub(crate) fn families(block: &Block) -> HashMap<String, Vec<&Event>> {
    let mut families: HashMap<String, Vec<&Event>> = HashMap::new();
    for event in &block.events {
        families.entry(event.name.snake()).or_default().push(event);
    }
    families
}

/// Every version between two versions must be declared, and one version must be the newest.
fn gaps(block: &mut Block, errors: &Errors) {
    let mut families: HashMap<String, (Vec<u32>, bool)> = HashMap::new();
    for event in &block.events {
        let (versions, has_newest) = families.entry(event.name.snake()).or_default();
        versions.push(event.version);
        *has_newest |= event.name.latest;
    }
    for at in 0..block.events.len() {
        let event = &block.events[at];
        if event.poisoned {
            continue;
        }
        let snake = event.name.snake();
        let (versions, has_newest) = &families[&snake];
        let span = event.version_span.unwrap_or_else(|| event.head.ident.span());
        let mistake = if !event.name.latest && !*has_newest {
            // One error per event: on its highest version.
            (Some(&event.version) == versions.iter().max()).then(|| {
                format!(
                    "event `{snake}` has no newest version\nhelp: the newest has the plain name: `{}`, with `version = {}`",
                    event.name.base,
                    event.version + 1
                )
            })
        } else if !event.name.latest && versions.iter().all(|other| *other <= event.version) {
            let (base, version) = (&event.name.base, event.version);
            let older = versions.iter().min().filter(|older| **older < version).unwrap_or(&1);
            Some(format!(
                "`{}` is an older version by its name, but no version is newer\nhelp: the newest has the plain name: rename it to `{base}`, and the one before to `{base}V{older}`",
                event.head.ident
            ))
        } else {
            let older = versions.iter().filter(|other| **other < event.version).max();
            older.filter(|older| *older + 1 < event.version).map(|older| {
                format!(
                    "event `{snake}` jumps from version {older} to {}\nhelp: write `version = {}`, or declare v{} too",
                    event.version,
                    older + 1,
                    older + 1
                )
            })
        };
        if let Some(mistake) = mistake {
            errors.at(span, mistake);
            block.events[at].poisoned = true;
        }
    }
}

/// `upcast = auto` reads the version before. That version must exist, and it may lack only fields
/// that may be missing.
fn automatic(block: &mut Block, errors: &Errors) {
    let mut places: HashMap<(String, u32), usize> = HashMap::new();
    for (at, event) in block.events.iter().enumerate() {
        places.entry((event.name.snake(), event.version)).or_insert(at);
    }
    for at in 0..block.events.len() {
        let event = &block.events[at];
        let Some(span) = event.upcast_auto else { continue };
        let before = event
            .version
            .checked_sub(1)
            .and_then(|before| places.get(&(event.name.snake(), before)));
        let before = before.map(|at| &block.events[*at]);
        let mistakes = match before {
            Some(old) => not_automatic(old, event, span),
            // The version before may be an event with a reported error.
            None if event.version > 1 && block.events.iter().any(|other| other.poisoned) => {
                continue;
            }
            None => vec![(span, nothing_before(event))],
        };
        for (span, mistake) in mistakes {
            errors.at(span, mistake);
            block.events[at].poisoned = true;
        }
    }
}

/// Why `old` does not convert to `new` automatically: each reason with its place. `asked` is the
/// place of `upcast = auto`.
fn not_automatic(old: &Event, new: &Event, asked: Span) -> Vec<(Span, String)> {
    let (old_ident, new_ident) = (&old.head.ident, &new.head.ident);
    let by_hand = format!(
        "help: remove `upcast = auto` and write `impl UpcastFrom<{old_ident}> for {new_ident}`"
    );
    let has =
        |event: &Event, field: &Field| event.fields.iter().any(|own| own.ident == field.ident);
    let lost = old.fields.iter().filter(|field| !has(new, field)).map(|field| {
        let lost =
            format!("`upcast = auto` would lose the field `{}` of `{old_ident}`", field.ident);
        (asked, format!("{lost}\n{by_hand}"))
    });
    let added = new.fields.iter().filter(|field| !has(old, field)).filter_map(|field| {
        let ident = &field.ident;
        let why = if field.is_flattened() {
            let what = if matches!(field.role, Role::Group) { "group" } else { "transition" };
            format!("`upcast = auto` cannot add the {what} `{ident}`\n{by_hand}")
        } else if !field.default && !super::may_be_missing(&field.ty) {
            format!(
                "`upcast = auto` has no value for the new field `{ident}`\nhelp: {}, mark it `#[field(default)]`, or implement `UpcastFrom` by hand",
                super::types::as_option(&field.ty)
            )
        } else {
            return None;
        };
        Some((ident.span(), why))
    });
    lost.chain(added).collect()
}

fn nothing_before(event: &Event) -> String {
    if event.version < 2 {
        return "version 1 has no version before it\nhelp: remove `upcast = auto`, or write `version = 2` and keep the one before".to_owned();
    }
    let (base, before) = (&event.name.base, event.version - 1);
    format!(
        "there is no version before {} to read\nhelp: remove `upcast = auto`, or declare `{base}V{before}`",
        event.version
    )
}
