//! Compares declarations with the lock.

use super::comparison;
use super::contracts::RevisionSchemas;
use super::declared::{Declared, key_of};
use super::fields::FieldForms;
use super::finding::{LockFinding, LockFindingKind, by_cause};
use super::frozen::Frozen;
use super::state::State;
use super::verdict::UNDECIDED;
use super::wire;
use event_core::Catalog;
use event_core::lock::{Broken, LockRule};
use event_core::meta::EventMeta;
use event_grammar::lock::{Acceptance, Stage, Version, VersionKey};
use schema_compat::Verdict;

/// Compares the declarations with the lock. `today` is `YYYY-MM-DD`.
pub fn check(catalog: &Catalog, state: &State, today: &str) -> Vec<LockFinding> {
    let declared = Declared::of(catalog);
    let mut findings = Vec::new();
    for file in state.damaged() {
        let event = declared.get(&file.key);
        findings.push(LockFinding::of_file(file, event));
    }
    for (key, version) in state.locked() {
        match declared.get(key) {
            None => findings.push(LockFinding::new(key.clone(), None, LockFindingKind::Undeclared)),
            Some(event) => findings.extend(of_locked(&declared, key, version, event, state, today)),
        }
    }
    for event in declared.all() {
        let key = key_of(event);
        let mut add = |kind| findings.push(LockFinding::new(key.clone(), Some(event), kind));
        for broken in comparison::taken_again(&state.lock, event) {
            add(LockFindingKind::Break { broken, witness: None });
        }
        if state.lock.get(&key.event, key.version).is_none() {
            add(LockFindingKind::Draft);
            if let Err(error) = Frozen::of(event) {
                add(LockFindingKind::NoSchema(error));
            }
        }
        if let Some(since) = event.governance.expires.filter(|day| *day <= today) {
            add(LockFindingKind::Expired { since });
        }
    }
    findings.sort_by(|a, b| a.key.cmp(&b.key));
    by_cause(findings)
}

/// The comparison of a locked version with its declaration, by forms and by schemas.
#[derive(Default)]
pub(super) struct Comparison {
    /// The breaks and the undecided changes.
    pub(super) open: Vec<LockFindingKind>,
    /// The rule and the path of every accepted break or undecided change.
    pub(super) accepted: Vec<(&'static str, String)>,
}

impl Comparison {
    /// Whether an acceptance belongs to an existing break or undecided change.
    pub(super) fn uses(&self, accepted: &Acceptance) -> bool {
        self.accepted.iter().any(|(rule, path)| *rule == accepted.rule && *path == accepted.path)
    }

    /// Whether a break prevents recording the declaration.
    pub(super) fn breaks(&self) -> bool {
        self.open.iter().any(|kind| !matches!(kind, LockFindingKind::Undecided { .. }))
    }

    pub(super) fn findings(
        self,
        key: &VersionKey,
        event: &'static EventMeta,
    ) -> impl Iterator<Item = LockFinding> {
        self.open.into_iter().map(move |kind| LockFinding::new(key.clone(), Some(event), kind))
    }
}

/// Compares a locked version with its declaration.
pub(super) fn compare(
    key: &VersionKey,
    version: &Version,
    frozen: &Frozen,
    state: &State,
) -> Comparison {
    let found = comparison::breaks(&state.lock, key, &frozen.asked_of(version), frozen.event);
    let mut witnesses = vec![None; found.open.len()];
    let mut compared = Comparison::default();
    for (number, revision) in version.asked() {
        let Some(old) = state.contracts(key, number) else { continue };
        let new = frozen.contracts();
        if old == new || old.check(&new, version.mode).verdict == Verdict::Compatible {
            continue;
        }
        let fields = FieldForms::of(&state.lock, revision);
        for (keys, report) in
            wire::changes((&fields.forms, &old), (&frozen.fields.forms, &new), version.mode)
        {
            for (broken, witness) in
                found.open.iter().zip(&mut witnesses).filter(|(broken, _)| keys.has_any(broken))
            {
                let shows = |finding: &&schema_compat::Finding| {
                    finding.reader.is_some_and(|who| is_of(broken, who))
                };
                let example =
                    report.findings.iter().find(shows).and_then(|finding| finding.witness.clone());
                *witness = witness.take().or(example);
            }
            // Skip what the comparison of forms already found.
            if !found.open.iter().chain(&found.accepted).any(|broken| keys.has_any(broken)) {
                compared.add(keys.field, number, report, &version.accepted);
            }
        }
    }
    compared
        .accepted
        .extend(found.accepted.into_iter().map(|broken| (broken.rule.id(), broken.path)));
    let open = found.open.into_iter().zip(witnesses);
    compared
        .open
        .splice(0..0, open.map(|(broken, witness)| LockFindingKind::Break { broken, witness }));
    compared
}

impl Comparison {
    /// Adds the breaks that only schemas show. An acceptance of such a break has the engine's rule,
    /// or `undecided`, and the field.
    fn add(
        &mut self,
        field: Option<&str>,
        revision: usize,
        report: schema_compat::Report,
        accepted: &[Acceptance],
    ) {
        let path = field.unwrap_or_default();
        let is_accepted =
            |rule| accepted.iter().any(|accepted| accepted.rule == rule && accepted.path == path);
        if report.verdict == Verdict::Undecided && is_accepted(UNDECIDED) {
            self.accepted.push((UNDECIDED, path.to_owned()));
        } else if report.verdict == Verdict::Undecided {
            let is_known = |kind: &LockFindingKind| matches!(kind, LockFindingKind::Undecided { field: known, .. } if known.as_deref() == field);
            if !self.open.iter().any(is_known) {
                self.open.push(LockFindingKind::Undecided {
                    field: field.map(str::to_owned),
                    reasons: report.undecided,
                });
            }
        }
        for finding in report.findings.into_iter().filter(|finding| finding.reader.is_some()) {
            let rule = finding.rule.id;
            let is_known = |kind: &LockFindingKind| matches!(kind, LockFindingKind::SchemaBreak { field: known, finding, .. } if known.as_deref() == field && finding.rule.id == rule);
            if is_accepted(rule) {
                self.accepted.push((rule, path.to_owned()));
            } else if !self.open.iter().any(is_known) {
                let (field, finding) = (field.map(str::to_owned), Box::new(finding));
                self.open.push(LockFindingKind::SchemaBreak { field, revision, finding });
            }
        }
    }
}

fn is_of(broken: &Broken, who: schema_compat::Reader) -> bool {
    let side = match who {
        schema_compat::Reader::New => event_core::lock::BACKWARD,
        schema_compat::Reader::Old => event_core::lock::FORWARD,
    };
    broken.breaks & side != 0
}

fn of_locked(
    declared: &Declared,
    key: &VersionKey,
    version: &Version,
    event: &'static EventMeta,
    state: &State,
    today: &str,
) -> Vec<LockFinding> {
    let frozen = match Frozen::among(declared, event) {
        Ok(frozen) => frozen,
        Err(error) => {
            return vec![LockFinding::new(
                key.clone(),
                Some(event),
                LockFindingKind::NoSchema(error),
            )];
        }
    };
    let compared = compare(key, version, &frozen, state);
    let mut findings = of_acceptances(key, version, Some(event), &compared, today);
    if compared.open.is_empty() {
        let mut changes = unrecorded(key, version, &frozen, state);
        if !changes.is_empty() {
            let accepted = accepted_in(&mut changes, key, version, &frozen, state);
            findings.push(LockFinding::new(
                key.clone(),
                Some(event),
                LockFindingKind::Unrecorded { accepted, changes },
            ));
        }
    }
    findings.extend(compared.findings(key, event));
    findings
}

/// The differences between a locked version and its declaration that are not recorded.
pub(super) fn unrecorded(
    key: &VersionKey,
    version: &Version,
    frozen: &Frozen,
    state: &State,
) -> Vec<String> {
    let mut changes = Vec::new();
    if let Some(last) = version.revisions.last() {
        changes.extend(changed_in(key, version, frozen, state));
        if changes.is_empty() && last.fingerprint != frozen.revision.fingerprint {
            changes.push("fingerprint".to_owned());
        }
    }
    if frozen.aliases().iter().any(|alias| !version.aliases.contains(alias)) {
        changes.push("aliases".to_owned());
    }
    if stage_of(frozen.event, version.stage) != version.stage {
        changes.push("stage".to_owned());
    }
    changes
}

/// Removes the accepted changes from `changes` and returns them by rule and path. Only the last
/// revision is compared: what breaks an earlier revision is already recorded.
fn accepted_in(
    changes: &mut Vec<String>,
    key: &VersionKey,
    version: &Version,
    frozen: &Frozen,
    state: &State,
) -> Vec<(&'static str, String)> {
    let last = Version { mode: version.mode.of_last(), ..version.clone() };
    let mut accepted = compare(key, &last, frozen, state).accepted;
    let names = |(rule, path): &(&'static str, String)| {
        let field = path.split(['.', '[']).next().unwrap_or_default();
        if *rule == LockRule::LevelChanged.id() { "level".to_owned() } else { format!("`{field}`") }
    };
    accepted.retain(|one| changes.iter().any(|change| change == "schema" || *change == names(one)));
    if !accepted.is_empty() {
        changes.retain(|change| {
            change != "schema" && accepted.iter().all(|one| *change != names(one))
        });
    }
    accepted
}

/// The differences in form from the last revision: fields by name, the level, and differences that
/// only the schemas have.
pub(super) fn changed_in(
    key: &VersionKey,
    version: &Version,
    frozen: &Frozen,
    state: &State,
) -> Vec<String> {
    let Some(last) = version.revisions.last() else { return Vec::new() };
    let new = &frozen.revision;
    let mut changes = Vec::new();
    if last.level != new.level {
        changes.push("level".to_owned());
    }
    if last.transitions != new.transitions {
        changes.push("transitions".to_owned());
    }
    let (was, is) = (FieldForms::of(&state.lock, last), &frozen.fields);
    let mut fields: Vec<&String> = was.forms.keys().chain(is.forms.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let differs = |field: &&String| !was.are_same(field, is, field);
    changes.extend(fields.into_iter().filter(differs).map(|field| format!("`{field}`")));
    if changes.is_empty() && (last.write != new.write || last.read != new.read) {
        // Another spelling of the same schemas is not a change: a type was renamed, or another
        // version of the compiler wrote the schemas.
        let old = state.contracts(key, version.revisions.len() - 1);
        let is_changed = |old: RevisionSchemas| {
            let new = frozen.contracts().without_later_record_keys(&old);
            !old.allow_the_same_as(&new)
        };
        if old.is_none_or(is_changed) {
            changes.push("schema".to_owned());
        }
    }
    changes
}

/// The stage of a version, by its declaration.
pub(super) const fn stage_of(event: &EventMeta, known: Stage) -> Stage {
    match (known, event.governance.deprecated) {
        (Stage::Retired, _) => Stage::Retired,
        (_, Some(_)) => Stage::Deprecated,
        (_, None) => Stage::Locked,
    }
}

/// Unused and expired acceptances of a version.
fn of_acceptances(
    key: &VersionKey,
    version: &Version,
    event: Option<&'static EventMeta>,
    compared: &Comparison,
    today: &str,
) -> Vec<LockFinding> {
    let of = |accepted: &Acceptance| {
        let kind = if !compared.uses(accepted) {
            LockFindingKind::UnusedAcceptance(accepted.clone())
        } else if accepted.until.as_str() < today {
            LockFindingKind::ExpiredAcceptance(accepted.clone())
        } else {
            return None;
        };
        Some(LockFinding::new(key.clone(), event, kind))
    };
    version.accepted.iter().filter_map(of).collect()
}
