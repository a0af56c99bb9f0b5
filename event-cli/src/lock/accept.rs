//! `accept`: a break that is meant, with a reason, a person and a last day.

use super::args::AcceptArgs;
use super::file::{LockFile, Opened};
use super::{day, git, key, problem, refuse_in_ci};
use crate::Env;
use crate::console::{Console, Ending};
use crate::finding::{Finding, Place};
use crate::table::Table;
use event_core::Catalog;
use event_core::lock::LockRule;
use event_grammar::lock::Acceptance;
use event_grammar::suggest::hint;
use event_schema::compat::RULES;
use event_schema::lock::{AcceptError, accept, withdraw};

/// How long an acceptance holds unless a day is given.
const DAYS: i64 = 90;

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
    // clap asks for both unless `--list` is there.
    let (Some(wanted), Some(rule)) = (&args.event, &args.rule) else { return Ok(()) };
    known_rule(rule)?;
    let key = key(catalog, &state.lock, wanted)?;
    let path = args.path.clone().unwrap_or_default();
    let place = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
    let removal = problem::removal(&key.to_string(), rule, &path);
    let done = if args.remove {
        withdraw(&mut state.lock, &key, rule, &path)
            .map(|_| format!("removed the acceptance of {rule}{place} of {key}\n"))
    } else {
        let acceptance = Acceptance {
            rule: rule.clone(),
            path,
            reason: args.reason.clone().unwrap_or_default(),
            who: args.who.clone().or_else(|| who(&file, env)).unwrap_or_default(),
            until: args.until.clone().map_or_else(|| day::from_today(DAYS, env), Ok)?,
        };
        if acceptance.until < day::from_today(0, env)? && event_schema::lock::is_day(&acceptance.until) {
            return Err(Ending::could_not_run(
                format!("{} is over", acceptance.until),
                "name a day that is to come".to_owned(),
            ));
        }
        let told = format!("accepted {rule}{place} of {key} until {}, by {}\n", acceptance.until, acceptance.who);
        accept(catalog, &mut state, &key, acceptance).map(|()| told)
    };
    match done {
        Ok(told) => {
            file.write(&[], &state.lock, text.as_deref())?;
            console.print(&told)
        }
        Err(error) => Err(refusal(&error, &key.to_string(), &format!("{rule}{place}"), &file, &removal).into()),
    }
}

/// The person who types: by git, else by the system.
fn who(file: &LockFile, env: &Env) -> Option<String> {
    let directory = file.path.parent()?;
    git::configured(directory, "user.name").or_else(|| env.variable("USER").map(str::to_owned))
}

fn known_rule(rule: &str) -> Result<(), Ending> {
    if LockRule::named(rule).is_some() || RULES.iter().any(|known| known.id == rule) {
        return Ok(());
    }
    let all = event_core::lock::RULES.iter().map(|known| known.id);
    let what = format!("there is no rule `{}`{}", rule.escape_debug(), hint(rule, all));
    Err(Ending::could_not_run(what, "`check` names the rule of every break".to_owned()))
}

fn refusal(error: &AcceptError, key: &str, asked: &str, file: &LockFile, removal: &str) -> Finding {
    let finding = Finding::failure(format!("`{key}`, {asked}: {error}"));
    let finding = match error {
        AcceptError::NoBreak(breaks) if breaks.is_empty() => finding.help("nothing breaks: there is nothing to accept"),
        AcceptError::NoBreak(breaks) => {
            let breaks: Vec<String> =
                breaks.iter().map(|(rule, path)| format!("`{}`", format!("{rule} {path}").trim_end())).collect();
            finding.help(format!("what breaks is {}", breaks.join(", ")))
        }
        AcceptError::Known => finding.help(format!("to change it, remove it first: `{}`", file.command_line(removal))),
        AcceptError::NoDay(_) => finding.help("write it as `--until 2027-03-31`"),
        AcceptError::Empty("name") => finding.help("say who accepts it: `--who NAME`"),
        AcceptError::Empty(_) => finding.help("say why: `--reason TEXT`"),
        AcceptError::NoAcceptance => finding.help("`accept --list` lists what is accepted"),
        AcceptError::NotPublished | AcceptError::NotDeclared => {
            finding.help("`list` lists what is declared, and the lock what is published")
        }
        _ => finding,
    };
    finding.at(Place::file(&file.name))
}

fn list(lock: &event_grammar::lock::Lock, console: &mut Console<'_>) -> Result<(), Ending> {
    let mut table = Table::new();
    for (key, version) in &lock.versions {
        for accepted in &version.accepted {
            let place = format!("{} {}", accepted.rule, accepted.path);
            let until = format!("until {}", accepted.until);
            table.row([
                key.to_string(),
                place.trim_end().to_owned(),
                until,
                accepted.who.clone(),
                accepted.reason.clone(),
            ]);
        }
    }
    let lines = table.lines();
    if lines.is_empty() { console.print("nothing is accepted\n") } else { console.print(&(lines.join("\n") + "\n")) }
}
