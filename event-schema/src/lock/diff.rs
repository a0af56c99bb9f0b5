//! What changed between two states of a catalog, and what that makes of every version: nobody
//! chooses a number by hand.

use super::comparison;
use super::model::{Model, Snapshot};
use super::verdict::{Bump, UNDECIDED, Verdict, bump};
use super::wire;
use event_core::lock::{ask_alike, shows_more};
use event_grammar::form::{names_in, parts_of};
use event_grammar::lock::{Acceptance, Lock, Mode, Stage, TypesOf, VersionKey};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version.
    pub key: VersionKey,
    /// What it is.
    pub what: What,
    /// The field, under the name that it has now.
    pub field: Option<String>,
    /// How it was.
    pub old: Option<String>,
    /// How it is.
    pub new: Option<String>,
    /// Whom it breaks.
    pub verdict: Verdict,
}

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// An event is new.
    EventAdded,
    /// An event is gone, with all its versions.
    EventRemoved,
    /// A version of an event is new.
    VersionAdded,
    /// A version of an event is gone.
    VersionRemoved,
    /// It has another name on the wire.
    NameChanged,
    /// It is read under one more name.
    AliasAdded,
    /// It is read under one name less.
    AliasRemoved,
    /// It has other levels.
    LevelChanged,
    /// Other transitions are legal.
    TransitionsChanged,
    /// It is elsewhere in its life.
    StageChanged,
    /// Others have to be able to read it.
    ModeChanged,
    /// A field is new.
    FieldAdded,
    /// A field is gone.
    FieldRemoved,
    /// A field has another name.
    FieldRenamed,
    /// The values of a field have another form.
    FieldRetyped,
    /// A field has one mark more.
    MarkAdded,
    /// A field has one mark less.
    MarkRemoved,
    /// A mark of a field says something else.
    MarkChanged,
    /// The form is the same, and the schema is not.
    SchemaChanged,
    /// A break is accepted.
    BreakAccepted,
    /// An acceptance is gone, or says something else.
    AcceptanceRemoved,
    /// A name may not come back.
    NameRetired,
    /// A name that was retired is free again.
    NameFreed,
}

impl What {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventAdded => "event-added",
            Self::EventRemoved => "event-removed",
            Self::VersionAdded => "version-added",
            Self::VersionRemoved => "version-removed",
            Self::NameChanged => "name-changed",
            Self::AliasAdded => "alias-added",
            Self::AliasRemoved => "alias-removed",
            Self::LevelChanged => "level-changed",
            Self::TransitionsChanged => "transitions-changed",
            Self::StageChanged => "stage-changed",
            Self::ModeChanged => "mode-changed",
            Self::FieldAdded => "field-added",
            Self::FieldRemoved => "field-removed",
            Self::FieldRenamed => "field-renamed",
            Self::FieldRetyped => "field-retyped",
            Self::MarkAdded => "mark-added",
            Self::MarkRemoved => "mark-removed",
            Self::MarkChanged => "mark-changed",
            Self::SchemaChanged => "schema-changed",
            Self::BreakAccepted => "break-accepted",
            Self::AcceptanceRemoved => "acceptance-removed",
            Self::NameRetired => "name-retired",
            Self::NameFreed => "name-freed",
        }
    }

    /// Whether it is about what is written and read; else it is about the version's life.
    pub(super) const fn is_of_form(self) -> bool {
        !matches!(
            self,
            Self::StageChanged
                | Self::ModeChanged
                | Self::BreakAccepted
                | Self::AcceptanceRemoved
                | Self::NameRetired
                | Self::NameFreed
                | Self::EventAdded
                | Self::EventRemoved
                | Self::VersionAdded
                | Self::VersionRemoved
        )
    }
}

impl Change {
    /// Whether the version is not read any more: it was removed, or retired. That is major in every
    /// mode, because no mode allows it.
    pub(super) const fn ends_a_version(&self) -> bool {
        matches!(self.what, What::EventRemoved | What::VersionRemoved | What::StageChanged)
            && self.verdict.new_readers
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Everything that changed, by version.
    pub changes: Vec<Change>,
    /// What it makes of every version that the old state has. A version that only the new state has
    /// is not here: no reader relied on it.
    pub bumps: BTreeMap<VersionKey, Bump>,
}

impl Diff {
    /// The largest of all.
    pub fn bump(&self) -> Bump {
        self.bumps.values().copied().max().unwrap_or_default()
    }
}

/// Compares two states.
pub fn diff(old: &Model, new: &Model) -> Diff {
    let mut diff = Diff::default();
    let events = |model: &Model| -> BTreeSet<String> {
        model.versions.keys().map(|key| key.event.clone()).collect()
    };
    let (old_events, new_events) = (events(old), events(new));
    let keys: BTreeSet<&VersionKey> = old.versions.keys().chain(new.versions.keys()).collect();
    for key in keys {
        let whole = |what, verdict| Change {
            key: key.clone(),
            what,
            field: None,
            old: None,
            new: None,
            verdict,
        };
        match (old.versions.get(key), new.versions.get(key)) {
            (Some(was), Some(is)) => {
                let changes = of_version(key, was, is);
                diff.bumps.insert(key.clone(), bump(&changes, was.mode));
                diff.changes.extend(changes);
            }
            (None, _) if old_events.contains(&key.event) => {
                diff.changes.push(whole(What::VersionAdded, Verdict::COMPATIBLE));
            }
            (None, _) => diff.changes.push(whole(What::EventAdded, Verdict::COMPATIBLE)),
            (Some(was), None) => {
                let is_gone = !new_events.contains(&key.event);
                let what = if is_gone { What::EventRemoved } else { What::VersionRemoved };
                let change = whole(what, removal(was.stage));
                diff.bumps.insert(key.clone(), bump(std::slice::from_ref(&change), was.mode));
                diff.changes.push(change);
            }
        }
    }
    diff
}

/// What the removal of a version breaks.
pub(super) const fn removal(stage: Option<Stage>) -> Verdict {
    match stage {
        // A draft.
        None => Verdict::COMPATIBLE,
        // It was not read any more. But its number, its name and the names of its fields were
        // reserved, and are free now.
        Some(Stage::Retired) => Verdict::PROMISE,
        Some(_) => Verdict::NEW_READERS,
    }
}

/// What changed of one version, or between one version and the next.
pub(super) fn of_version(key: &VersionKey, old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    let mut comparing = Comparing { key, changes: Vec::new() };
    comparing.head(old, new);
    comparing.fields(old, new);
    comparing.life(old, new);
    comparing.changes
}

struct Comparing<'k> {
    key: &'k VersionKey,
    changes: Vec<Change>,
}

impl Comparing<'_> {
    fn add(
        &mut self,
        what: What,
        field: Option<&str>,
        old: Option<&str>,
        new: Option<&str>,
        verdict: Verdict,
    ) {
        let [field, old, new] = [field, old, new].map(|text| text.map(str::to_owned));
        self.changes.push(Change { key: self.key.clone(), what, field, old, new, verdict });
    }

    /// Its names and levels.
    fn head(&mut self, old: &Snapshot, new: &Snapshot) {
        if old.event_type != new.event_type {
            self.add(
                What::NameChanged,
                None,
                Some(&old.event_type),
                Some(&new.event_type),
                Verdict::BOTH,
            );
        }
        for alias in new.aliases.difference(&old.aliases) {
            self.add(What::AliasAdded, None, None, Some(alias), Verdict::COMPATIBLE);
        }
        for alias in old.aliases.difference(&new.aliases) {
            self.add(What::AliasRemoved, None, Some(alias), None, Verdict::NEW_READERS);
        }
        if old.level != new.level {
            let is_alike = ask_alike(&old.level, &new.level);
            let verdict = if is_alike { Verdict::COMPATIBLE } else { Verdict::PROMISE };
            self.add(What::LevelChanged, None, Some(&old.level), Some(&new.level), verdict);
        }
        // A reader takes any step: the table binds what is written from now on.
        let table = |snapshot: &'_ Snapshot| {
            Some(snapshot.transitions.clone()).filter(|table| !table.is_empty())
        };
        if old.transitions != new.transitions {
            let (was, is) = (table(old), table(new));
            self.add(
                What::TransitionsChanged,
                None,
                was.as_deref(),
                is.as_deref(),
                Verdict::COMPATIBLE,
            );
        }
    }

    fn fields(&mut self, old: &Snapshot, new: &Snapshot) {
        // The compiler's rules, where there is a declaration to ask them of.
        let of_types = Lock { types: old.types.clone(), ..Lock::default() };
        let by_forms = new
            .event
            .map(|event| comparison::breaks(&of_types, self.key, &old.as_version(), event).open);
        let by_forms = by_forms.unwrap_or_default();
        let reports: Vec<_> = match (&old.contracts, &new.contracts) {
            (Some(was), Some(is)) => {
                wire::changes((&old.fields.forms, was), (&new.fields.forms, is), Mode::Full)
                    .into_iter()
                    .map(|(keys, report)| (keys, Verdict::of_report(&report)))
                    .collect()
            }
            // Without schemas nothing is said that is not known.
            _ => {
                let undecided = Verdict { undecided: true, ..Verdict::COMPATIBLE };
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
                .fold(by_schemas, |verdict, broken| verdict.or(Verdict::of_bits(broken.breaks)));
            let is_it = |accepted: &Acceptance| accepted.rule == UNDECIDED && accepted.path == name;
            verdict.accepted = verdict.undecided && new.accepted.iter().any(is_it);
            let before = keys.renamed_from.unwrap_or(name);
            let was = old.fields.forms.get(before);
            match (was, new.fields.forms.get(name)) {
                (Some(was), Some(is)) => {
                    if let Some(before) = keys.renamed_from {
                        self.add(What::FieldRenamed, Some(name), Some(before), Some(name), verdict);
                    }
                    let is_same = old.fields.are_same(before, &new.fields, name);
                    if was != is {
                        self.field(name, was, is, verdict);
                    } else if !is_same && keys.renamed_from.is_none() {
                        // What changed is in a named type that is too long to be shown.
                        let now =
                            format!("{is}, of which {} changed", changed_types(old, new, was));
                        self.add(What::FieldRetyped, Some(name), Some(was), Some(&now), verdict);
                    }
                    let is_told = keys.renamed_from.is_some() || was != is || !is_same;
                    if !is_told
                        && (verdict != Verdict::COMPATIBLE || is_other_schema(name, old, new))
                        && !is_unknown(old, new)
                    {
                        self.add(What::SchemaChanged, Some(name), None, None, verdict);
                    }
                }
                (Some(was), None) => {
                    self.add(What::FieldRemoved, Some(name), Some(was), None, verdict)
                }
                (None, Some(is)) => self.add(What::FieldAdded, Some(name), None, Some(is), verdict),
                (None, None) => {}
            }
        }
    }

    /// The values of a field, and its marks.
    fn field(&mut self, name: &str, old: &str, new: &str, verdict: Verdict) {
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
            let own = of_mark(mark, was.is_some(), (&argument(&was), &argument(&is)), verdict);
            self.add(what, Some(name), text(&was).as_deref(), text(&is).as_deref(), own);
        }
    }

    /// What is beside the form.
    fn life(&mut self, old: &Snapshot, new: &Snapshot) {
        let stage = |stage: Option<Stage>| stage.map_or("draft", Stage::as_str);
        if old.stage != new.stage {
            let is_gone = new.stage == Some(Stage::Retired);
            let verdict = if is_gone { Verdict::NEW_READERS } else { Verdict::COMPATIBLE };
            self.add(
                What::StageChanged,
                None,
                Some(stage(old.stage)),
                Some(stage(new.stage)),
                verdict,
            );
        }
        if old.mode != new.mode {
            let verdict = if new.mode.is_looser_than(old.mode) {
                Verdict::PROMISE
            } else {
                Verdict::COMPATIBLE
            };
            self.add(
                What::ModeChanged,
                None,
                Some(old.mode.as_str()),
                Some(new.mode.as_str()),
                verdict,
            );
        }
        for (name, form) in new.retired.iter().filter(|(name, _)| !old.retired.contains_key(*name))
        {
            self.add(What::NameRetired, Some(name), Some(form), None, Verdict::COMPATIBLE);
        }
        for (name, form) in old.retired.iter().filter(|(name, _)| !new.retired.contains_key(*name))
        {
            self.add(What::NameFreed, Some(name), Some(form), None, Verdict::PROMISE);
        }
        let text = |accepted: &Acceptance| {
            format!(
                "{} by {} until {}: {}",
                accepted.rule, accepted.who, accepted.until, accepted.reason
            )
        };
        let place =
            |accepted: &Acceptance| Some(accepted.path.clone()).filter(|path| !path.is_empty());
        for accepted in new.accepted.iter().filter(|accepted| !old.accepted.contains(accepted)) {
            self.add(
                What::BreakAccepted,
                place(accepted).as_deref(),
                None,
                Some(&text(accepted)),
                Verdict::COMPATIBLE,
            );
        }
        for accepted in old.accepted.iter().filter(|accepted| !new.accepted.contains(accepted)) {
            let place = place(accepted);
            self.add(
                What::AcceptanceRemoved,
                place.as_deref(),
                Some(&text(accepted)),
                None,
                Verdict::COMPATIBLE,
            );
        }
    }
}

/// What a mark that came, went or changed breaks. Those that schemas know are answered by them.
fn of_mark(mark: &str, was_there: bool, (old, new): (&str, &str), by_schemas: Verdict) -> Verdict {
    match mark {
        // The first word about a unit is no other unit.
        "unit" | "entity" | "entity_version" | "before" | "after" if was_there => Verdict::BOTH,
        "unit" | "entity" | "entity_version" | "before" | "after" => Verdict::COMPATIBLE,
        "masked" if shows_more(new, old) => Verdict::PROMISE,
        "context" | "wide" => by_schemas.or(Verdict::BOTH),
        "alias" if names_in(old).iter().any(|name| !names_in(new).contains(name)) => {
            by_schemas.or(Verdict::NEW_READERS)
        }
        _ => by_schemas,
    }
}

/// The named types that a form reaches in both states, and that say something else themselves.
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

/// Whether schemas differ about a field of which the forms say the same.
fn is_other_schema(name: &str, old: &Snapshot, new: &Snapshot) -> bool {
    let (Some(old), Some(new)) = (&old.contracts, &new.contracts) else { return false };
    let keys: BTreeSet<&str> = [name].into();
    let (old, new) = (old.only(&keys), new.only(&keys));
    old != new && !old.allow_the_same_as(&new)
}
