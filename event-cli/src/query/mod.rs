//! `query`: questions to the outbox of a database, over the catalog's events.

mod answer;
mod args;
mod database;
mod events;
mod keys;
mod time;

use crate::console::{Console, Ending};
use crate::environment::Env;
use answer::Answer;
use args::{DuplicatesArgs, FunnelArgs, Queries, StateArgs, StuckArgs, TimelineArgs};
pub(crate) use args::{QueryArgs, StoreArgs};
use database::Database;
use event_core::Catalog;
use event_core::decode::DecodeError;
use event_store::{Duplicates, EventStep, Funnel, StateAt, Stuck, holes, state_at, timeline};

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &QueryArgs,
    env: &Env,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let mut asking = Asking { catalog, env, console };
    match &args.query {
        Queries::Timeline(args) => asking.timeline(args),
        Queries::Funnel(args) => asking.funnel(args),
        Queries::Duplicates(args) => asking.duplicates(args),
        Queries::Stuck(args) => asking.stuck(args),
        Queries::Holes(args) => asking.ask(&args.store, &holes()),
        Queries::State(args) => asking.state(args),
    }
}

/// A run of `query`.
struct Asking<'r, 'c> {
    catalog: &'static Catalog,
    env: &'r Env,
    console: &'r mut Console<'c>,
}

impl Asking<'_, '_> {
    fn timeline(&mut self, args: &TimelineArgs) -> Result<(), Ending> {
        let entity = events::entity(self.catalog, &args.kind, &args.id)?;
        self.ask(&args.store, &timeline(entity, undecoded))
    }

    fn funnel(&mut self, args: &FunnelArgs) -> Result<(), Ending> {
        let steps = events::steps(self.catalog, &args.events)?;
        let mut query = Funnel::of(&steps);
        if let Some(within) = args.within {
            query = query.within(within);
        }
        if let Some(since) = args.period.since {
            query = query.since(since.at(self.env.now()));
        }
        if let Some(until) = args.period.until {
            query = query.until(until.at(self.env.now()));
        }
        self.ask(&args.store, &query)
    }

    fn duplicates(&mut self, args: &DuplicatesArgs) -> Result<(), Ending> {
        let event = events::event(self.catalog, &args.event)?;
        let keys = keys::keys(self.catalog, event, &args.by, self.console)?;
        let mut query = Duplicates::of(EventStep::new(self.catalog, event)).by(&keys);
        if let Some(since) = args.period.since {
            query = query.since(since.at(self.env.now()));
        }
        if let Some(until) = args.period.until {
            query = query.until(until.at(self.env.now()));
        }
        self.ask(&args.store, &query)
    }

    fn stuck(&mut self, args: &StuckArgs) -> Result<(), Ending> {
        let begin = events::begin(self.catalog, &args.event)?;
        let query = Stuck::of(EventStep::new(self.catalog, begin), self.catalog, undecoded);
        events::ends(begin, &query)?;
        let before = self.env.now().saturating_sub(args.older_than.unwrap_or_default());
        self.ask(&args.store, &query.begun_before(before))
    }

    fn state(&mut self, args: &StateArgs) -> Result<(), Ending> {
        let entity = events::entity(self.catalog, &args.kind, &args.id)?;
        let now = self.env.now();
        let at = args.at.map_or(now, |time| time.at(now));
        let query: StateAt = state_at(self.catalog, entity, at);
        self.ask(&args.store, &query)
    }

    /// Prints the answer to a query, or its statement.
    fn ask<Q: Answer>(&mut self, store: &StoreArgs, query: &Q) -> Result<(), Ending> {
        let database = Database::of(store.db.as_ref(), self.env)?;
        if store.sql {
            return self.console.print(&format!("{};\n", query.statement(database.dialect())));
        }
        let colours = self.env.output_terminal && self.env.wants_colours();
        let mut writer = store.format.writer(query, self.env.now(), colours);
        database.each(query, &mut |item| writer.row(&item, self.console))?;
        writer.end(self.console)
    }
}

/// The answers show envelopes as they are: no event is decoded.
#[expect(clippy::unnecessary_wraps, reason = "a decoder may fail")]
fn undecoded(_: &str) -> Result<(), DecodeError> {
    Ok(())
}
