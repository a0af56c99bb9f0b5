//! `accept`: accepts a break, with a reason, a person and a last day.

use crate::args::{EventArg, LockPlace};
use crate::console::{Console, Ending};
use crate::count::count;
use crate::environment::Env;
use crate::finding::{Finding, Place};
use crate::lock_file::{LockFile, Opened, refuse_in_ci};
use crate::lock_findings::{named_break, removal};
use crate::table::Table;
use crate::{day, find, git};
use clap::Args;
use event_core::Catalog;
use event_core::lock::{LockRule, in_type};
use event_grammar::lock::{Acceptance, Lock, VersionKey};
use event_grammar::suggest::hint;
use event_schema::lock::{
    AcceptError, State, UNDECIDED, accept, accept_of_type, is_day, withdraw, withdraw_of_type,
};
use schema_compat::RULES;
use std::fmt;
use std::str::FromStr;

/// How many days an acceptance lasts if no day is given.
const DAYS: i64 = 90;

/// The arguments of `accept`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AcceptArgs {
    /// A locked version; or the path of a named type, for every locked version in which it breaks
    #[arg(value_name = "EVENT@VERSION|TYPE", required_unless_present = "list")]
    event: Option<Broken>,
    /// The rule, as `check` prints it: type-changed
    #[arg(required_unless_present = "list")]
    rule: Option<String>,
    /// The path of the field, as `check` prints it: address.street; leave it out for the whole
    /// event
    path: Option<String>,
    /// Why the break is acceptable
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["list", "remove"])]
    reason: Option<String>,
    /// Who accepts it [default: git's `user.name`, else `USER`]
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// The last day of the acceptance [default: 90 days from today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<String>,
    /// List the acceptances
    #[arg(long, conflicts_with_all = ["event", "rule", "path", "reason", "who", "until", "remove"])]
    list: bool,
    /// Remove an acceptance
    #[arg(long, conflicts_with_all = ["reason", "who", "until"])]
    remove: bool,
    /// Write even if `CI` is set
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    place: LockPlace,
}

const EXAMPLES: &str = "Examples:
  accept payment_process_failed@1 type-changed amount --reason 'no reader yet'
  accept payment_process_failed@1 field-removed 'lines[].sku' --reason 'PAY-12' --until 2027-03-31
  accept shop::model::User field-added note --reason 'PAY-13'
  accept --list
  accept --remove payment_process_failed@1 type-changed amount";

/// What an acceptance is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Broken {
    /// A version of an event.
    Event(EventArg),
    /// A named type, by its path, in every locked version in which it breaks.
    Type(String),
}

impl FromStr for Broken {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // In the lock, a path begins with `&`.
        let path = text.strip_prefix('&').unwrap_or(text);
        if path.contains("::") {
            Ok(Self::Type(path.to_owned()))
        } else {
            text.parse().map(Self::Event)
        }
    }
}

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &AcceptArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let file = LockFile::find(catalog, args.place.lock.as_deref(), env)?;
    let missing = "there is nothing to accept";
    if args.list {
        return list(&file.open_locked(missing)?.state.lock, console);
    }
    refuse_in_ci("accept", env, args.force)?;
    let _hold = file.hold(console)?;
    let Opened { mut state, text } = file.open_locked(missing)?;
    // clap requires both arguments unless `--list` is given.
    let (Some(wanted), Some(rule)) = (&args.event, &args.rule) else { return Ok(()) };
    known_rule(rule)?;
    let wanted = match wanted {
        Broken::Event(event) => Accepted::Version(find::key(catalog, &state.lock, event)?),
        Broken::Type(path) => Accepted::Type(path.clone()),
    };
    let path = args.path.clone().unwrap_or_default();
    let place = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
    let remove = removal(&wanted.to_string(), rule, &path);
    let done = if args.remove {
        wanted
            .withdraw(&mut state.lock, rule, &path)
            .map(|from| format!("removed the acceptance of {rule}{place} of {from}\n"))
    } else {
        let acceptance = acceptance(args, rule, path, &file, env)?;
        let (until, who) = (acceptance.until.clone(), acceptance.who.clone());
        wanted
            .accept(catalog, &mut state, acceptance)
            .map(|of| format!("accepted {rule}{place} of {of} until {until}, by {who}\n"))
    };
    match done {
        Ok(told) => {
            file.write(&[], &state.lock, text.as_deref())?;
            console.print(&told)
        }
        Err(error) => {
            Err(refusal(&error, &wanted.to_string(), &format!("{rule}{place}"), &file, &remove)
                .into())
        }
    }
}

/// The acceptance from the command line, with defaults for missing arguments.
fn acceptance(
    args: &AcceptArgs,
    rule: &str,
    path: String,
    file: &LockFile,
    env: &Env,
) -> Result<Acceptance, Ending> {
    let acceptance = Acceptance {
        rule: rule.to_owned(),
        path,
        reason: args.reason.clone().unwrap_or_default(),
        who: args.who.clone().or_else(|| who(file, env)).unwrap_or_default(),
        until: args.until.clone().map_or_else(|| day::from_today(DAYS, env), Ok)?,
    };
    if acceptance.until < day::from_today(0, env)? && is_day(&acceptance.until) {
        return Err(Ending::could_not_run(
            format!("{} is in the past", acceptance.until),
            "give a day in the future".to_owned(),
        ));
    }
    Ok(acceptance)
}

/// What an acceptance is about, looked up in the lock.
enum Accepted {
    Version(VersionKey),
    Type(String),
}

impl fmt::Display for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(key) => key.fmt(f),
            Self::Type(path) => f.write_str(path),
        }
    }
}

impl Accepted {
    /// Adds the acceptance. Returns its subject as text: for a type, with the versions.
    fn accept(
        &self,
        catalog: &Catalog,
        state: &mut State,
        acceptance: Acceptance,
    ) -> Result<String, AcceptError> {
        match self {
            Self::Version(key) => accept(catalog, state, key, acceptance).map(|()| key.to_string()),
            Self::Type(path) => {
                accept_of_type(catalog, state, path, &acceptance).map(|keys| of_type(path, &keys))
            }
        }
    }

    /// Removes the acceptance. Returns its subject as text.
    fn withdraw(&self, lock: &mut Lock, rule: &str, path: &str) -> Result<String, AcceptError> {
        match self {
            Self::Version(key) => withdraw(lock, key, rule, path).map(|_| key.to_string()),
            Self::Type(ty) => withdraw_of_type(lock, ty, rule, path).map(|keys| of_type(ty, &keys)),
        }
    }
}

/// `shop::model::User (2 versions: ..)`
fn of_type(path: &str, keys: &[VersionKey]) -> String {
    let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    format!("{path} ({}: {})", count(keys.len(), "version"), names.join(", "))
}

/// The person who runs the command: from git, else from the system.
fn who(file: &LockFile, env: &Env) -> Option<String> {
    let directory = file.path.parent()?;
    git::configured(directory, "user.name").or_else(|| env.variable("USER").map(str::to_owned))
}

fn known_rule(rule: &str) -> Result<(), Ending> {
    if rule == UNDECIDED
        || LockRule::named(rule).is_some()
        || RULES.iter().any(|known| known.id == rule)
    {
        return Ok(());
    }
    let all = event_core::lock::RULES.iter().map(|known| known.id).chain([UNDECIDED]);
    let what = format!("there is no rule `{}`{}", rule.escape_debug(), hint(rule, all));
    Err(Ending::could_not_run(what, "`check` prints the rule of every break".to_owned()))
}

fn refusal(error: &AcceptError, key: &str, asked: &str, file: &LockFile, removal: &str) -> Finding {
    let finding = Finding::failure(format!("`{key}`, {asked}: {error}"));
    let finding = match error {
        AcceptError::NoBreak(breaks) if breaks.is_empty() => {
            finding.help("nothing breaks: there is nothing to accept")
        }
        AcceptError::NoBreak(breaks) => {
            let breaks: Vec<String> = breaks
                .iter()
                .map(|(rule, path)| format!("`{}`", named_break(rule, path)))
                .collect();
            finding.help(format!("you can accept {}", breaks.join(", ")))
        }
        AcceptError::Known => {
            finding.help(format!("to change it, remove it first: `{}`", file.command_line(removal)))
        }
        AcceptError::NoDay(_) => finding.help("write it as `--until 2027-03-31`"),
        AcceptError::Empty("name") => finding.help("say who accepts it: `--who NAME`"),
        AcceptError::Empty(_) => finding.help("say why: `--reason TEXT`"),
        AcceptError::NoAcceptance => finding.help("`accept --list` lists what is accepted"),
        AcceptError::NotLocked | AcceptError::NotDeclared => {
            finding.help("`list` lists what is declared, and `events.lock` what is locked")
        }
        _ => finding,
    };
    finding.at(Place::file(&file.name))
}

fn list(lock: &Lock, console: &mut Console<'_>) -> Result<(), Ending> {
    // Acceptances of one type that were made together are printed as one line.
    let mut known: Vec<(String, &Acceptance, Vec<VersionKey>)> = Vec::new();
    for (key, version) in &lock.versions {
        for accepted in &version.accepted {
            let ty = in_type(&accepted.path).map(|(ty, _)| ty.to_owned());
            let alike =
                known.iter_mut().find(|(of, one, _)| Some(of) == ty.as_ref() && *one == accepted);
            match alike {
                Some((_, _, keys)) => keys.push(key.clone()),
                None => {
                    let of = ty.unwrap_or_else(|| key.to_string());
                    known.push((of, accepted, vec![key.clone()]));
                }
            }
        }
    }
    let mut table = Table::new();
    for (of, accepted, keys) in known {
        let (of, rest) = match in_type(&accepted.path) {
            Some((ty, rest)) => (of_type(ty, &keys), rest),
            None => (of, accepted.path.as_str()),
        };
        let place = format!("{} {rest}", accepted.rule);
        let until = format!("until {}", accepted.until);
        table.row([
            of,
            place.trim_end().to_owned(),
            until,
            accepted.who.clone(),
            accepted.reason.clone(),
        ]);
    }
    let lines = table.lines();
    if lines.is_empty() {
        console.print("nothing is accepted\n")
    } else {
        console.print(&(lines.join("\n") + "\n"))
    }
}
