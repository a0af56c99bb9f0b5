//! `push`: registers schemas, after it has checked all of them.

mod args;
mod outcome;

pub(crate) use args::PushArgs;

use crate::console::{Console, Ending};
use crate::environment::Env;
use crate::finding::Report;
use crate::registry::client::{Client, ClientOptions, RegisteredVersion, RegistryError};
use crate::registry::connection::{address, failure};
use crate::registry::plan::{Naming, Plan, Planned, plan, schema_options};
use event_core::Catalog;
use event_grammar::lock::Mode;
use outcome::{Outcome, Refusal, State};
use std::time::Duration;

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &PushArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    console.choose(args.reporting.format);
    let client = Client::new(address(&args.registry, args.user.as_ref(), env)?, options(args));
    let naming = Naming { strategy: args.subject_strategy, topic: args.topic.as_ref() };
    let schemas = schema_options(args.contract.contract(), args.rendering.rendering());
    let Plan { planned, errors } = plan(catalog, &args.events, naming, schemas)?;
    if !errors.is_empty() {
        // All of them are errors, so this ends the run.
        console.report(&Report::new(errors))?;
    }
    let mut run = Run {
        client: &client,
        mode: args.mode,
        dry: args.dry_run,
        outcomes: planned.into_iter().map(Outcome::new).collect(),
    };
    let ended = run.push(console);
    let reported = console.report(&outcome::report(&run.outcomes, client.address(), args.dry_run));
    if let Err(error) = ended {
        return Err(run.failed(&error));
    }
    console.note(&outcome::summary(&run.outcomes, client.address(), args.dry_run));
    reported
}

fn options(args: &PushArgs) -> ClientOptions {
    ClientOptions {
        timeout: Duration::from_secs(args.timeout.into()),
        normalize: args.normalize,
        ..ClientOptions::default()
    }
}

/// One run with one registry.
struct Run<'r> {
    client: &'r Client,
    mode: Mode,
    dry: bool,
    outcomes: Vec<Outcome>,
}

impl Run<'_> {
    fn push(&mut self, console: &mut Console<'_>) -> Result<(), RegistryError> {
        let all = self.outcomes.len();
        for (done, outcome) in self.outcomes.iter_mut().enumerate() {
            console.progress(|| progress("checking", done, all, outcome));
            compare(self.client, outcome, self.mode)?;
        }
        if self.dry || self.is_refused() {
            return Ok(());
        }
        // Levels are set before schemas are registered: so what a new level refuses is refused
        // before anything is registered.
        for (done, outcome) in self.outcomes.iter_mut().enumerate() {
            console.progress(|| progress("configuring", done, all, outcome));
            configure(self.client, outcome, self.mode)?;
        }
        if self.is_refused() {
            return Ok(());
        }
        for (done, outcome) in self.outcomes.iter_mut().enumerate() {
            console.progress(|| progress("registering", done, all, outcome));
            register(self.client, outcome)?;
            if matches!(outcome.state, State::Refused(_)) {
                break;
            }
        }
        Ok(())
    }

    fn is_refused(&self) -> bool {
        self.outcomes.iter().any(|outcome| matches!(outcome.state, State::Refused(_)))
    }

    fn failed(&self, error: &RegistryError) -> Ending {
        let (registered, of) = (self.registered(), self.outcomes.len());
        let more = (registered > 0).then(|| {
            format!(
                "{registered} of {of} schemas were registered before that; run `push` again to \
                 register the others"
            )
        });
        failure(error, more)
    }

    fn registered(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.is_registered()).count()
    }
}

/// "checking 3/84 order_placed.v1-value"
fn progress(verb: &str, done: usize, of: usize, outcome: &Outcome) -> String {
    format!("{verb} {}/{of} {}", done + 1, outcome.planned.subject)
}

/// Compares a schema with the registry. It writes nothing.
fn compare(client: &Client, outcome: &mut Outcome, mode: Mode) -> Result<(), RegistryError> {
    let Planned { subject, schema, .. } = &outcome.planned;
    outcome.level = client.config(subject)?;
    if let Some(stored) = client.lookup(subject, schema)? {
        outcome.id = Some(stored.id);
        outcome.state = State::Unchanged;
        return Ok(());
    }
    outcome.state = judge(client, subject, schema, mode)?;
    Ok(())
}

/// Asks the registry whether a new schema is compatible.
fn judge(client: &Client, subject: &str, schema: &str, mode: Mode) -> Result<State, RegistryError> {
    let Some(latest) = client.check(subject, RegisteredVersion::Latest, schema)? else {
        return Ok(State::New);
    };
    // A registry may answer that a schema is compatible with the latest version of a subject that
    // has no version.
    let mut earlier = client.versions(subject)?;
    let Some(last) = earlier.pop() else { return Ok(State::New) };
    if mode == Mode::None {
        return Ok(State::Changed);
    }
    if !latest.compatible {
        return Ok(State::Refused(Refusal { version: Some(last), messages: latest.messages }));
    }
    if mode.is_transitive() {
        // The newest first, like the registry itself.
        for version in earlier.into_iter().rev() {
            let judgement = client.check(subject, RegisteredVersion::Number(version), schema)?;
            if let Some(judgement) = judgement.filter(|judgement| !judgement.compatible) {
                return Ok(State::Refused(Refusal {
                    version: Some(version),
                    messages: judgement.messages,
                }));
            }
        }
    }
    Ok(State::Changed)
}

/// Sets the level of a subject, and compares again if the level was another one before.
fn configure(client: &Client, outcome: &mut Outcome, mode: Mode) -> Result<(), RegistryError> {
    if outcome.level == Some(mode) {
        return Ok(());
    }
    let Planned { subject, schema, .. } = &outcome.planned;
    client.set_config(subject, mode)?;
    outcome.level = Some(mode);
    if matches!(outcome.state, State::Changed) {
        outcome.state = judge(client, subject, schema, mode)?;
    }
    Ok(())
}

fn register(client: &Client, outcome: &mut Outcome) -> Result<(), RegistryError> {
    if !matches!(outcome.state, State::New | State::Changed) {
        return Ok(());
    }
    match client.register(&outcome.planned.subject, &outcome.planned.schema) {
        Ok(id) => outcome.id = Some(id),
        // Another schema was registered after the check.
        Err(error) if error.is_incompatible() => {
            outcome.state =
                State::Refused(Refusal { version: None, messages: vec![error.to_string()] });
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
