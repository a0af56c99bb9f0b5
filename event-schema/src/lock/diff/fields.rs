//! Changes of fields, by the compiler's rules and by the schemas.

use super::{Comparing, What};
use crate::lock::model::Snapshot;
use crate::lock::verdict::{Impact, UNDECIDED};
use crate::lock::wire::Keys;
use crate::lock::{comparison, wire};
use event_core::lock::shows_more;
use event_grammar::form::{names_in, parts_of};
use event_grammar::lock::{Acceptance, Lock, Mode, TypesOf};
use std::collections::BTreeSet;

impl Comparing<'_> {
    pub(super) fn fields(&mut self, old: &Snapshot, new: &Snapshot) {
        // The compiler's rules need a declaration.
        let of_types = Lock { types: old.types.clone(), ..Lock::default() };
        let by_forms = new
            .event
            .map(|event| comparison::breaks(&of_types, self.key, &old.as_version(), event).open);
        let by_forms = by_forms.unwrap_or_default();
        let reports: Vec<_> = match (&old.contracts, &new.contracts) {
            (Some(was), Some(is)) => {
                wire::changes((&old.fields.forms, was), (&new.fields.forms, is), Mode::Full)
                    .into_iter()
                    .map(|(keys, report)| (keys, Impact::of_report(&report)))
                    .collect()
            }
            // Without schemas, whether a change breaks a reader is undecided.
            _ => {
                let undecided = Impact { undecided: true, ..Impact::COMPATIBLE };
                wire::keys(&old.fields.forms, &new.fields.forms)
                    .into_iter()
                    .map(|keys| (keys, undecided))
                    .collect()
            }
        };
        for (keys, by_schemas) in reports {
            let Some(name) = keys.field else { continue };
            let broken = by_forms.iter().filter(|broken| keys.has_any(broken));
            let mut verdict = broken
                .fold(by_schemas, |verdict, broken| verdict.or(Impact::of_bits(broken.breaks)));
            let is_it = |accepted: &Acceptance| accepted.rule == UNDECIDED && accepted.path == name;
            verdict.accepted = verdict.undecided && new.accepted.iter().any(is_it);
            self.of_keys(&keys, name, (old, new), verdict);
        }
    }

    /// The change of a field under one name or under two.
    fn of_keys(
        &mut self,
        keys: &Keys<'_>,
        name: &str,
        (old, new): (&Snapshot, &Snapshot),
        verdict: Impact,
    ) {
        let before = keys.renamed_from.unwrap_or(name);
        let was = old.fields.forms.get(before);
        match (was, new.fields.forms.get(name)) {
            (Some(was), Some(is)) => {
                if let Some(before) = keys.renamed_from {
                    self.add(What::FieldRenamed, Some(name), Some(before), Some(name), verdict);
                }
                let is_same = old.fields.are_same(before, &new.fields, name);
                if was != is {
                    self.field(name, was, is, verdict, keys.renamed_from.is_some());
                } else if !is_same && keys.renamed_from.is_none() {
                    // The change is in a named type that is too long to show.
                    let now = format!("{is}, where {} changed", changed_types(old, new, was));
                    self.add(What::FieldRetyped, Some(name), Some(was), Some(&now), verdict);
                }
                let is_told = keys.renamed_from.is_some() || was != is || !is_same;
                if !is_told
                    && (verdict != Impact::COMPATIBLE || is_other_schema(name, old, new))
                    && !is_unknown(old, new)
                {
                    self.add(What::SchemaChanged, Some(name), None, None, verdict);
                }
            }
            (Some(was), None) => self.add(What::FieldRemoved, Some(name), Some(was), None, verdict),
            (None, Some(is)) => self.add(What::FieldAdded, Some(name), None, Some(is), verdict),
            (None, None) => {}
        }
    }

    /// The values of a field, and its marks.
    fn field(&mut self, name: &str, old: &str, new: &str, verdict: Impact, is_renamed: bool) {
        let ((old, old_marks), (new, new_marks)) = (parts_of(old), parts_of(new));
        if old != new {
            self.add(What::FieldRetyped, Some(name), Some(old), Some(new), verdict);
        }
        let marks: BTreeSet<&str> =
            old_marks.iter().chain(&new_marks).map(|(mark, _)| *mark).collect();
        let find = |marks: &[(&str, &str)], wanted: &str| {
            let found = marks.iter().find(|(mark, _)| *mark == wanted);
            found.map(|(mark, of)| {
                (
                    if of.is_empty() { (*mark).to_owned() } else { format!("{mark}({of})") },
                    (*of).to_owned(),
                )
            })
        };
        for mark in marks {
            let (was, is) = (find(&old_marks, mark), find(&new_marks, mark));
            let text = |of: &Option<(String, String)>| of.as_ref().map(|(text, _)| text.clone());
            let argument = |of: &Option<(String, String)>| {
                of.as_ref().map(|(_, argument)| argument.clone()).unwrap_or_default()
            };
            let what = match (&was, &is) {
                (None, _) => What::MarkAdded,
                (_, None) => What::MarkRemoved,
                (Some(was), Some(is)) if was != is => What::MarkChanged,
                _ => continue,
            };
            let own = match mark {
                // The rename breaks readers; the alias, which keeps the old name, does not.
                "alias" if is_renamed && was.is_none() => Impact::COMPATIBLE,
                _ => of_mark(mark, was.is_some(), (&argument(&was), &argument(&is)), verdict),
            };
            self.add(what, Some(name), text(&was).as_deref(), text(&is).as_deref(), own);
        }
    }
}

/// The impact of a mark that was added, removed or changed. For marks that schemas know, the
/// schemas decide.
fn of_mark(mark: &str, was_there: bool, (old, new): (&str, &str), by_schemas: Impact) -> Impact {
    match mark {
        // Adding a first unit does not change a unit.
        "unit" | "entity" | "entity_version" | "before" | "after" if was_there => Impact::BOTH,
        "unit" | "entity" | "entity_version" | "before" | "after" => Impact::COMPATIBLE,
        "masked" if shows_more(new, old) => Impact::PROMISE,
        "context" | "wide" => by_schemas.or(Impact::BOTH),
        "alias" if names_in(old).iter().any(|name| !names_in(new).contains(name)) => {
            by_schemas.or(Impact::NEW_READERS)
        }
        _ => by_schemas,
    }
}

/// The named types that a form reaches in both states and whose own declaration changed.
fn changed_types(old: &Snapshot, new: &Snapshot, form: &str) -> String {
    let is = |snapshot: &Snapshot, path: &str| {
        snapshot.types.values().find(|named| named.path == path).map(|named| named.form.clone())
    };
    let of_types = Lock { types: old.types.clone(), ..Lock::default() };
    let types = TypesOf::of(&of_types, &old.revision);
    let reached = types.reached(form);
    let changed = reached.iter().filter(|(path, was)| is(new, path).as_deref() != Some(*was));
    changed.map(|(path, _)| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}

fn is_unknown(old: &Snapshot, new: &Snapshot) -> bool {
    old.contracts.is_none() || new.contracts.is_none()
}

/// Whether the schemas of a field differ although its forms are equal.
fn is_other_schema(name: &str, old: &Snapshot, new: &Snapshot) -> bool {
    let (Some(old), Some(new)) = (&old.contracts, &new.contracts) else { return false };
    let keys: BTreeSet<&str> = [name].into();
    let (old, new) = (old.only(&keys), new.only(&keys));
    old != new && !old.allow_the_same_as(&new)
}
