//! Changes on the wire, key by key: the schemas are compared one field at a time, so that every
//! result names its field.

use super::contracts::RevisionSchemas;
use event_core::lock::Broken;
use event_grammar::form::{names_in, parts_of};
use event_grammar::lock::Mode;
use schema_compat::Report;
use std::collections::{BTreeMap, BTreeSet};

/// Keys that belong together: a field, its aliases, and its old name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keys<'f> {
    /// The field; `None` for the keys of every line.
    pub(super) field: Option<&'f str>,
    /// The old name of the field, if it was renamed.
    pub(super) renamed_from: Option<&'f str>,
    names: BTreeSet<&'f str>,
}

impl Keys<'_> {
    /// Whether a break is at or below one of the fields.
    pub(super) fn has_any(&self, broken: &Broken) -> bool {
        let mut fields = broken.fields().peekable();
        if fields.peek().is_none() {
            return self.has(None);
        }
        fields.any(|field| self.has(Some(field)))
    }

    /// Whether `field` is the old or the new name of this field.
    pub(super) fn has(&self, field: Option<&str>) -> bool {
        match field {
            Some(field) => self.field.is_some() && self.names.contains(field),
            None => self.field.is_none(),
        }
    }
}

/// Forms of fields, by name.
pub(super) type Forms = BTreeMap<String, String>;

/// The keys of two revisions, in groups. A field with an alias that was the name of an old field is
/// that field, if no field has the name any more.
pub(super) fn keys<'f>(old: &'f Forms, new: &'f Forms) -> Vec<Keys<'f>> {
    let mut groups = Vec::new();
    let mut taken = BTreeSet::new();
    for (name, form) in new {
        let aliases = aliases(form);
        let renamed_from = (!old.contains_key(name))
            .then(|| old.keys().find(|was| !new.contains_key(*was) && aliases.contains(*was)))
            .flatten()
            .map(String::as_str);
        let mut names: BTreeSet<&str> = [name.as_str()].into_iter().chain(renamed_from).collect();
        names.extend(
            old.keys()
                .map(String::as_str)
                .filter(|was| aliases.contains(*was) && !new.contains_key(*was)),
        );
        taken.extend(names.iter().copied());
        groups.push(Keys { field: Some(name), renamed_from, names });
    }
    let gone = old.keys().filter(|name| !taken.contains(name.as_str()));
    groups.extend(gone.map(|name| Keys {
        field: Some(name),
        renamed_from: None,
        names: [name.as_str()].into(),
    }));
    groups
}

/// The aliases of a field.
pub(super) fn aliases(form: &str) -> BTreeSet<String> {
    let (_, marks) = parts_of(form);
    marks
        .into_iter()
        .filter(|(mark, _)| *mark == "alias")
        .flat_map(|(_, names)| names_in(names))
        .collect()
}

/// The engine's verdict on each group of changed keys, and on the keys of every line.
pub(super) fn changes<'f>(
    old: (&'f Forms, &RevisionSchemas),
    new: (&'f Forms, &RevisionSchemas),
    mode: Mode,
) -> Vec<(Keys<'f>, Report)> {
    let mut groups = keys(old.0, new.0);
    let mut rest: BTreeSet<&str> = old.1.keys().into_iter().chain(new.1.keys()).collect();
    for group in &groups {
        rest.retain(|key| !group.names.contains(key));
    }
    let aliases: BTreeSet<String> =
        old.0.values().chain(new.0.values()).flat_map(|form| aliases(form)).collect();
    rest.retain(|key| !aliases.contains(*key));
    let lines: BTreeSet<String> = rest.into_iter().map(str::to_owned).collect();
    let mut reports = Vec::new();
    for group in groups.drain(..) {
        let mut names: BTreeSet<String> =
            group.names.iter().map(|name| (*name).to_owned()).collect();
        for forms in [old.0, new.0] {
            names.extend(
                group
                    .names
                    .iter()
                    .filter_map(|name| forms.get(*name))
                    .flat_map(|form| self::aliases(form)),
            );
        }
        let report = of_keys(&names, old.1, new.1, mode);
        reports.push((group, report));
    }
    let line = Keys { field: None, renamed_from: None, names: BTreeSet::new() };
    reports.push((line, of_keys(&lines, old.1, new.1, mode)));
    reports
}

fn of_keys(
    names: &BTreeSet<String>,
    old: &RevisionSchemas,
    new: &RevisionSchemas,
    mode: Mode,
) -> Report {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let (old, new) = (old.only(&names), new.only(&names));
    if old == new { Report::default() } else { old.check(&new, mode) }
}
