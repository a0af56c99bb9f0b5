//! Problems with what was locked, as findings.

use super::file::LockFile;
use crate::finding::{Finding, Place};
use crate::shell;
use event_core::lock::LockRule;
use event_grammar::lock::{Acceptance, VersionKey};
use event_schema::lock::{Broken, LockFinding, LockFindingKind, UNDECIDED, in_type};
use schema_compat::Finding as SchemaFinding;
use serde_json::Value;

/// Tells a finding.
pub(super) fn told(found: LockFinding, lock: &LockFile) -> Finding {
    let told =
        Told { lock, name: found.key.event.clone(), version: found.key.version, also: found.also };
    let is_file = matches!(found.kind, LockFindingKind::File(_));
    let is_of_lock = matches!(
        found.kind,
        LockFindingKind::UnusedAcceptance(_)
            | LockFindingKind::ExpiredAcceptance(_)
            | LockFindingKind::TakenBack { .. }
            | LockFindingKind::NewlyAllowed { .. }
    );
    let finding = told.finding(found.kind).event_named(found.key.event, found.key.version);
    match found.event {
        _ if is_file => finding,
        Some(event) if !is_of_lock => finding.at(&event.source),
        _ => finding.at(Place::file(&lock.name)),
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

struct Told<'l> {
    lock: &'l LockFile,
    name: String,
    version: u32,
    /// The other versions that have the same cause.
    also: Vec<VersionKey>,
}

impl Told<'_> {
    /// "`payment_process_failed` v2"
    fn event(&self) -> String {
        format!("`{}` v{}", self.name, self.version)
    }

    /// `cargo run -p shop-command -- lock`
    fn command(&self, rest: &str) -> String {
        format!("`{}`", self.lock.command_line(rest))
    }

    /// The same for a command that has to be built while the declarations break: then the compiler
    /// refuses them too.
    fn mending(&self, rest: &str) -> String {
        format!("`EVENTS_LOCK=off {}`", self.lock.command_line(rest))
    }

    fn finding(&self, kind: LockFindingKind) -> Finding {
        let event = self.event();
        match kind {
            LockFindingKind::Break { broken, witness } => self.broken(&broken, witness),
            LockFindingKind::Undeclared => {
                let rule = LockRule::VersionDeleted.text();
                let retire = self.mending(&format!("lock --retire {}@{}", self.name, self.version));
                Finding::error(rule.code, format!("{event} is locked, and {}", rule.what)).help(
                    format!(
                        "declare it again beside the newer one: what is stored must stay \
                         readable; or retire it: {retire}"
                    ),
                )
            }
            LockFindingKind::SchemaBreak { field, revision, finding } => {
                self.schema(field, revision, *finding)
            }
            LockFindingKind::Undecided { field, reasons } => self.undecided(field, &reasons),
            LockFindingKind::Unrecorded { accepted, changes } => Finding::warning(
                "EV0222",
                format!("{event} has {}", not_recorded(&accepted, &changes)),
            )
            .help(format!("record it: {}", self.command("lock"))),
            LockFindingKind::Draft => {
                Finding::note("EV0223", format!("{event} is a draft: it may still change")).help(
                    format!(
                        "lock it when others begin to use it: {}",
                        self.command(&format!("lock {}@{}", self.name, self.version))
                    ),
                )
            }
            LockFindingKind::UnusedAcceptance(accepted) if accepted.rule == UNDECIDED => self
                .acceptance("EV0224", &accepted, "an acceptance of a change that is not undecided")
                .help(format!("remove it: {}", self.command(&self.removal(&accepted)))),
            LockFindingKind::UnusedAcceptance(accepted) => self
                .acceptance("EV0224", &accepted, "an acceptance of a break that there is not")
                .help(format!("remove it: {}", self.command(&self.removal(&accepted)))),
            LockFindingKind::ExpiredAcceptance(accepted) => self
                .acceptance(
                    "EV0225",
                    &accepted,
                    &format!("an acceptance that ended on {}", accepted.until),
                )
                .help(format!(
                    "undo the change, or accept it anew: {}, then `accept` with another day",
                    self.mending(&self.removal(&accepted))
                )),
            LockFindingKind::File(fault) => {
                let name = self.lock.name_of(&fault.path);
                let what = if fault.is_there { "is not what was recorded" } else { "is missing" };
                Finding::error("EV0227", format!("a stored file of {event} {what}"))
                    .help(format!(
                        "restore it: `git checkout -- {}`; files of the newest revision can be \
                         written anew: {}",
                        shell::path(&name),
                        self.mending("lock --repair")
                    ))
                    .at(Place::file(&name))
            }
            LockFindingKind::Expired { since } => Finding::warning(
                "EV0228",
                format!("{event} should be gone since {since}"),
            )
            .help(
                "remove what emits it, and retire it; or give it another day: `expires = \"..\"`",
            ),
            LockFindingKind::NoSchema(error) => {
                Finding::error(error.code(), error.to_string()).help(error.help())
            }
            LockFindingKind::TakenBack { what } => {
                Finding::error("EV0230", format!("{event} {what}")).help(
                    "what was locked is not changed in the lock: restore its lines from the \
                     baseline, and record changes with `lock`",
                )
            }
            LockFindingKind::NewlyAllowed { what } => {
                Finding::note("EV0231", format!("{event} {what}"))
            }
            _ => Finding::error(
                "EV0226",
                format!("{event} has a finding that this command does not know"),
            ),
        }
    }

    fn broken(&self, broken: &Broken, witness: Option<Value>) -> Finding {
        let rule = broken.rule.text();
        let event = self.event();
        if broken.rule == LockRule::NameRetired {
            let what = match broken.path.as_str() {
                "" => format!("{event} {}: its name and number stay taken", rule.what),
                field => format!(
                    "the field `{field}` of {event} {}, where it was `{}`",
                    rule.what, broken.old
                ),
            };
            return Finding::error(rule.code, what).help(rule.help).field(broken.path.as_str());
        }
        let (of, path) = broken.in_type().unwrap_or(("", broken.path.as_str()));
        let place = if path.is_empty() { String::new() } else { format!(" `{path}`") };
        let first =
            if rule.help.is_empty() { String::new() } else { format!("{}; else ", rule.help) };
        let (next, own) = (self.version + 1, self.version);
        let mut finding = if of.is_empty() {
            let key = format!("{}@{own}", self.name);
            let accept =
                self.mending(&format!("accept {key} {}{} --reason '..'", rule.id, word(path)));
            let help = format!(
                "{first}undo the change, or declare v{next} and keep this one as `..V{own}`; to \
                 accept it: {accept}"
            );
            Finding::error(rule.code, format!("{event} is locked, and{place} {}", rule.what))
                .help(help)
        } else {
            let accept = self.mending(&format!(
                "accept {} {}{} --reason '..'",
                shell::quoted(of),
                rule.id,
                word(path)
            ));
            let help = format!(
                "{first}undo the change, or keep it as it was, under another name, for the locked \
                 versions; to accept it for these versions: {accept}"
            );
            let what = format!(
                "`{of}` is locked, and{place} {}: it breaks {}",
                rule.what,
                self.versions()
            );
            let versions = self.keys().map(|key| event_schema::Json::from(key.to_string()));
            Finding::error(rule.code, what)
                .help(help)
                .with("versions", event_schema::Json::List(versions.collect()))
        };
        if !broken.path.is_empty() {
            finding = finding.field(broken.path.as_str());
        }
        if !broken.old.is_empty() || !broken.new.is_empty() {
            let or_nothing = |text: &str| {
                if text.is_empty() { "not there".to_owned() } else { format!("`{text}`") }
            };
            finding = finding.change(or_nothing(&broken.old), or_nothing(&broken.new));
        }
        finding = broken.who().into_iter().fold(finding, Finding::reader);
        witness.into_iter().fold(finding, |finding, line| finding.witness(line.into()))
    }

    /// Every version that has the cause.
    fn keys(&self) -> impl Iterator<Item = VersionKey> {
        [VersionKey::new(self.name.as_str(), self.version)]
            .into_iter()
            .chain(self.also.iter().cloned())
    }

    /// "`push@1`, `push@2`"
    fn versions(&self) -> String {
        self.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
    }

    fn schema(&self, field: Option<String>, revision: usize, found: SchemaFinding) -> Finding {
        let event = self.event();
        let what = format!("{event} is locked, and {}", found.message);
        let path = word(field.as_deref().unwrap_or_default());
        let accept = self.command(&format!(
            "accept {}@{} {}{path} --reason '..'",
            self.name, self.version, found.rule.id
        ));
        let finding = Finding::of_rule(found.rule, what)
            .code("EV0221")
            .help(format!(
                "undo the change, or declare v{}; to accept it: {accept}",
                self.version + 1
            ))
            .with("old", found.old.as_str().into())
            .with("new", found.new.as_str().into())
            .with("revision", event_schema::Json::from(revision as u64));
        let finding =
            found.reader.into_iter().fold(finding, |finding, who| finding.reader(who.as_str()));
        let finding =
            found.witness.into_iter().fold(finding, |finding, line| finding.witness(line.into()));
        with_field(finding, field)
    }

    fn undecided(&self, field: Option<String>, reasons: &[String]) -> Finding {
        let (event, next, own) = (self.event(), self.version + 1, self.version);
        let place = field
            .as_ref()
            .map_or_else(|| "the keys of every line".to_owned(), |field| format!("`{field}`"));
        let why = reasons.join("; ");
        let what = format!(
            "{event} is locked, and it is undecided whether the change of {place} breaks a \
             reader: {why}"
        );
        let path = word(field.as_deref().unwrap_or_default());
        let accept =
            self.command(&format!("accept {}@{own} {UNDECIDED}{path} --reason '..'", self.name));
        let help = format!(
            "compare the old form with the new one; if no reader breaks, accept it: {accept}; \
             else undo the change, or declare v{next} and keep this one as `..V{own}`"
        );
        let reasons = event_schema::Json::texts(reasons.iter().map(String::as_str));
        with_field(Finding::warning("EV0229", what).help(help).with("undecided", reasons), field)
    }

    fn acceptance(&self, code: &'static str, accepted: &Acceptance, what: &str) -> Finding {
        let place = if accepted.path.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", accepted.path)
        };
        let finding = Finding::error(
            code,
            format!("{} has {what}: {}{place}, by {}", self.event(), accepted.rule, accepted.who),
        );
        with_field(finding, Some(accepted.path.clone()).filter(|path| !path.is_empty()))
    }

    fn removal(&self, accepted: &Acceptance) -> String {
        if let Some((ty, rest)) = in_type(&accepted.path) {
            return removal(&shell::quoted(ty), &accepted.rule, rest);
        }
        removal(&format!("{}@{}", self.name, self.version), &accepted.rule, &accepted.path)
    }
}

/// A break as `accept` is told of it: `type-changed street`, or
/// `shop::Address type-changed street`.
pub(super) fn named_break(rule: &str, path: &str) -> String {
    match in_type(path) {
        Some((ty, rest)) => format!("{ty} {rule} {rest}").trim_end().to_owned(),
        None => format!("{rule} {path}").trim_end().to_owned(),
    }
}

/// What takes an acceptance out of the lock.
pub(super) fn removal(key: &str, rule: &str, path: &str) -> String {
    format!("accept --remove {key} {}{}", shell::quoted(rule), word(path))
}

/// One more word of a command line, where there is one.
fn word(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {}", shell::quoted(text)) }
}

fn with_field(finding: Finding, field: Option<String>) -> Finding {
    field.into_iter().fold(finding, Finding::field)
}
