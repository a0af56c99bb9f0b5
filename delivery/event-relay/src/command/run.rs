//! `run`.

use super::console::Ending;
use super::signals;
use super::targets;
use crate::config::{Config, LockChoice};
use crate::contract::LockedContract;
use crate::database::{self, Access, Database, DatabaseError};
use crate::engine::Relay;
use crate::events::StopCause;
use crate::metrics::MetricsServer;
use clap::Args;
use event_core::Emitter;
use event_core::sink::JsonLines;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// The arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RunArgs {
    /// Stop when everything that is in the outbox is delivered or parked
    #[arg(long)]
    drain: bool,
}

const EXAMPLES: &str = "Examples:
  event-relay run
  event-relay run --config relay.toml --drain

SIGTERM and SIGINT stop it: it waits up to 10 s for what is in flight, and writes its cursors. A
second signal, more than half a second later, stops it at once: the next start sends again what was
in flight, and another relay waits until the lease has ended.
Its own log is JSON lines on standard error.";

/// How often is looked whether a target is served.
const LOOK: Duration = Duration::from_millis(500);

/// How often is looked whether all is delivered.
const LOOK_AT_DRAIN: Duration = Duration::from_millis(50);

pub(super) fn run(path: Option<&Path>, args: &RunArgs) -> Result<(), Ending> {
    let config = Config::load(path, Config::environment())
        .map_err(|error| Ending::Usage(format!("error: {error}")))?;
    let emitter = Emitter::builder()
        .level(config.log_level)
        .service("event-relay")
        .service_version(env!("CARGO_PKG_VERSION"))
        .sink(JsonLines::stderr())
        .build();
    let asked = signals::listen(&emitter)
        .map_err(|error| Ending::CouldNotRun(format!("cannot wait for signals: {error}")))?;
    let relay = start(&config, &emitter)?;
    let (cause, served) = match serve(&config, &relay, &asked, args.drain) {
        Ok(cause) => (cause, Ok(())),
        Err(error) => (StopCause::Failed, Err(error)),
    };
    let ended = relay.stop_because(cause, Relay::LIMIT);
    served?;
    match ended.failed.first() {
        None => Ok(()),
        Some((target, reason)) => {
            Err(Ending::CouldNotRun(format!("target `{target}` is no longer served: {reason}")))
        }
    }
}

/// Serves the metrics, and waits until the relay is to stop.
fn serve(
    config: &Config,
    relay: &Relay,
    asked: &Receiver<()>,
    drain: bool,
) -> Result<StopCause, Ending> {
    // After the relay: what it serves is true from the first request on.
    let server =
        config.listen.map(|listen| MetricsServer::start(listen, Arc::clone(relay.metrics())));
    let _server = server.transpose().map_err(|error| Ending::CouldNotRun(error.to_string()))?;
    wait(config, relay, asked, drain)
}

fn start(config: &Config, emitter: &Emitter) -> Result<Relay, Ending> {
    // Before the targets, which may create files.
    database::open(&config.database, Access::Write).map_err(Ending::Database)?;
    let mut builder =
        Relay::builder(config.database.clone()).emitter(emitter.clone()).lease(config.lease());
    if let LockChoice::File(lock) = &config.lock {
        let contract =
            LockedContract::open(lock).map_err(|error| Ending::CouldNotRun(error.to_string()))?;
        builder = builder.contract(contract, config.retired);
    }
    if let Some(listen) = &config.listen {
        builder = builder.limits(listen.limits());
    }
    targets::add(config, builder)?.start().map_err(|error| Ending::CouldNotRun(error.to_string()))
}

/// Waits for a signal, for the end of what waits, or until no target can be served.
fn wait(
    config: &Config,
    relay: &Relay,
    asked: &Receiver<()>,
    drain: bool,
) -> Result<StopCause, Ending> {
    let database = if drain {
        Some(database::open(&config.database, Access::ReadOnly).map_err(Ending::Database)?)
    } else {
        None
    };
    let look = if drain { LOOK_AT_DRAIN } else { LOOK };
    loop {
        // What a target does not get that is no longer served is not waited for.
        let failed = relay.failed();
        let is_served = |name: &&str| failed.iter().all(|(target, _)| target != name);
        let names = config.targets.iter().map(|target| target.name.as_str());
        let served: Vec<&str> = names.filter(is_served).collect();
        if served.is_empty() {
            return Ok(StopCause::Failed);
        }
        if let Some(database) = &database
            && is_drained(database, &served).map_err(Ending::Database)?
        {
            return Ok(StopCause::Drained);
        }
        if asked.recv_timeout(look).is_ok() {
            return Ok(StopCause::Signal);
        }
    }
}

/// Whether these targets are served up to the last event, and no event waits for its next attempt.
fn is_drained(database: &Database, targets: &[&str]) -> Result<bool, DatabaseError> {
    let sql = "SELECT NOT EXISTS (
            SELECT 1 FROM domain_events WHERE seq > coalesce(
                (SELECT low_seq FROM outbox_cursor WHERE target = ?1), 0))
        AND NOT EXISTS (SELECT 1 FROM outbox_parked WHERE target = ?1 AND state = 'retry')";
    for target in targets {
        if !database.one(sql, &[(*target).into()], |row| row.flag(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}
