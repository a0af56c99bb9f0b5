//! The finding of each kind.

use super::locked::Locked;
use crate::finding::{Finding, Place, Report};
use crate::lock_file::{LockFile, damage};
use crate::shell;
use event_core::lock::LockRule;
use event_schema::lock::{DamagedFile, LockFinding, LockFindingKind, UNDECIDED};

/// A report with findings about the lock only.
pub(crate) fn report(found: Vec<LockFinding>, lock: &LockFile) -> Report {
    Report::new(found.into_iter().map(|found| told(found, lock)).collect())
}

/// The finding. Its place is the declaration, or the lock if it is about the lock itself.
pub(crate) fn told(found: LockFinding, lock: &LockFile) -> Finding {
    let locked = Locked {
        lock,
        name: found.key.event.clone(),
        version: found.key.version,
        also: found.also,
    };
    let is_file = matches!(found.kind, LockFindingKind::File(_));
    let is_of_lock = matches!(
        found.kind,
        LockFindingKind::UnusedAcceptance(_)
            | LockFindingKind::ExpiredAcceptance(_)
            | LockFindingKind::TakenBack { .. }
            | LockFindingKind::NewlyAllowed { .. }
    );
    let finding = locked.finding(found.kind).event_named(found.key.event, found.key.version);
    match found.event {
        _ if is_file => finding,
        Some(event) if !is_of_lock => finding.at(&event.source),
        _ => finding.at(Place::file(&lock.name)),
    }
}

impl Locked<'_> {
    fn finding(&self, kind: LockFindingKind) -> Finding {
        let event = self.event();
        match kind {
            LockFindingKind::Break { broken, witness } => self.broken(&broken, witness),
            LockFindingKind::Undeclared => self.undeclared(),
            LockFindingKind::SchemaBreak { field, revision, finding } => {
                self.schema(field, revision, *finding)
            }
            LockFindingKind::Undecided { field, reasons } => self.undecided(field, &reasons),
            LockFindingKind::Unrecorded { accepted, changes } => {
                let what = format!("{event} has {}", not_recorded(&accepted, &changes));
                Finding::warning("EV0222", what)
                    .help(format!("record it: {}", self.command("lock")))
            }
            LockFindingKind::Draft => {
                let lock = self.command(&format!("lock {}@{}", self.name, self.version));
                Finding::note("EV0223", format!("{event} is a draft: it may still change"))
                    .help(format!("lock it when others begin to use it: {lock}"))
            }
            LockFindingKind::UnusedAcceptance(accepted) => self.unused(&accepted),
            LockFindingKind::ExpiredAcceptance(accepted) => self.expired(&accepted),
            LockFindingKind::File(file) => self.damaged(&file),
            LockFindingKind::Expired { since } => {
                Finding::warning("EV0228", format!("{event} expired on {since}")).help(
                    "remove the code that emits it and retire it; or set a later day: \
                 `expires = \"..\"`",
                )
            }
            LockFindingKind::NoSchema(error) => Finding::of_schema(&error),
            LockFindingKind::TakenBack { what } => {
                Finding::error("EV0230", format!("{event} {what}")).help(
                    "the lines of a locked version must not change: restore them from the \
                     baseline, and record changes with `lock`",
                )
            }
            LockFindingKind::NewlyAllowed { what } => {
                Finding::note("EV0231", format!("{event} {what}"))
            }
            _ => Finding::error(
                "EV0226",
                format!("{event} has a finding that this version of the command does not know"),
            ),
        }
    }

    fn undeclared(&self) -> Finding {
        let rule = LockRule::VersionDeleted.text();
        let retire = self.mending(&format!("lock --retire {}@{}", self.name, self.version));
        Finding::error(rule.code, format!("{} is locked, and {}", self.event(), rule.what)).help(
            format!(
                "declare it again beside the newer version, so that stored records stay readable; \
                 or retire it: {retire}"
            ),
        )
    }

    fn damaged(&self, file: &DamagedFile) -> Finding {
        let name = self.lock.name_of(&file.path);
        Finding::error("EV0227", format!("a stored file of {} {}", self.event(), damage(file)))
            .help(format!(
                "restore it: `git checkout -- {}`; or write the files of the newest revision \
                 again: {}",
                shell::path(&name),
                self.mending("lock --repair")
            ))
            .at(Place::file(&name))
    }
}

/// "an accepted break that is not recorded yet: type-changed at `amount`; and a compatible change:
/// `note`"
fn not_recorded(accepted: &[(&'static str, String)], changes: &[String]) -> String {
    if accepted.is_empty() {
        return format!("a compatible change that is not recorded: {}", changes.join(", "));
    }
    let place = |path: &str| if path.is_empty() { String::new() } else { format!(" at `{path}`") };
    let breaks: Vec<_> =
        accepted.iter().map(|(rule, path)| format!("{rule}{}", place(path))).collect();
    let what = if accepted.iter().all(|(rule, _)| *rule == UNDECIDED) {
        "undecided change"
    } else {
        "break"
    };
    let rest = if changes.is_empty() {
        String::new()
    } else {
        format!("; and a compatible change: {}", changes.join(", "))
    };
    format!("an accepted {what} that is not recorded yet: {}{rest}", breaks.join(", "))
}
