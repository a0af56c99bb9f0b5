//! The arguments of the queries.

use super::answer::AnswerFormat;
use super::time::{Time, age};
use crate::args::secret::secret;
use clap::{Args, Subcommand};
use event_core::Secret;
use std::time::Duration;

/// The arguments of `query`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct QueryArgs {
    #[command(subcommand)]
    pub(super) query: Queries,
}

const EXAMPLES: &str = "Examples:
  query timeline order ord_9f2c8a --db shop.db
  query duplicates order_payment_submitted --by entity,amount_cents --db shop.db

The database is opened for reading only.";

#[derive(Debug, Subcommand)]
pub(super) enum Queries {
    /// Show the events of an entity, in the order of the store
    Timeline(TimelineArgs),
    /// Count the entities that reach each step of a process
    Funnel(FunnelArgs),
    /// Find events that happened more than once
    Duplicates(DuplicatesArgs),
    /// Find operations that began and did not end
    Stuck(StuckArgs),
    /// Find changes of entities that have no event
    Holes(HolesArgs),
    /// Show the state of an entity, now or at a time
    State(StateArgs),
}

/// The database, and the form of the answer.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// Path of a SQLite file, or URL of a PostgreSQL database; a password in it is never printed
    /// [default: the environment variable `EVENTS_DATABASE_URL`]
    #[arg(long, value_name = "PATH|URL", value_parser = secret)]
    pub(super) db: Option<Secret<String>>,
    /// Output format
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub(super) format: AnswerFormat,
    /// Print the SQL of the query, and do not run it
    #[arg(long, conflicts_with = "format")]
    pub(super) sql: bool,
}

/// The time in which events have happened.
#[derive(Debug, Args)]
pub(super) struct PeriodArgs {
    /// Only events that happened at this time or later: RFC 3339, a day, or an age (`7d`)
    #[arg(long, value_name = "TIME")]
    pub(super) since: Option<Time>,
    /// Only events that happened before this time
    #[arg(long, value_name = "TIME")]
    pub(super) until: Option<Time>,
}

/// The arguments of `query timeline`.
#[derive(Debug, Args)]
#[command(after_help = TIMELINE_EXAMPLES)]
pub(super) struct TimelineArgs {
    /// Type of the entity, as in `#[entity]`
    #[arg(value_name = "ENTITY_TYPE")]
    pub(super) kind: String,
    /// Id of the entity
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub(super) id: String,
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const TIMELINE_EXAMPLES: &str = "Examples:
  query timeline order ord_9f2c8a --db shop.db
  query timeline order ord_9f2c8a --db postgres://reader@localhost/shop --format json";

/// The arguments of `query funnel`.
#[derive(Debug, Args)]
#[command(after_help = FUNNEL_EXAMPLES)]
pub(super) struct FunnelArgs {
    /// The steps, two or more: names in either spelling, or aliases
    #[arg(value_name = "EVENT", required = true, num_args = 2..)]
    pub(super) events: Vec<String>,
    /// Only count steps that happened at most so long after the first step: `30m`, `24h`, `7d`
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub(super) within: Option<Duration>,
    #[command(flatten)]
    pub(super) period: PeriodArgs,
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const FUNNEL_EXAMPLES: &str = "Examples:
  query funnel order_created order_payment_submitted order_fulfilled --db shop.db
  query funnel order_created order_fulfilled --within 7d --since 2026-11-01 --db shop.db";

/// The arguments of `query duplicates`.
#[derive(Debug, Args)]
#[command(after_help = DUPLICATES_EXAMPLES)]
pub(super) struct DuplicatesArgs {
    /// A name in either spelling, or an alias
    #[arg(value_name = "EVENT")]
    pub(super) event: String,
    /// What two events must have in common: `entity`, `correlation_id`, fields of the event
    #[arg(long, value_name = "KEY", value_delimiter = ',', default_value = "entity")]
    pub(super) by: Vec<String>,
    #[command(flatten)]
    pub(super) period: PeriodArgs,
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const DUPLICATES_EXAMPLES: &str = "Examples:
  query duplicates order_payment_submitted --db shop.db
  query duplicates order_payment_submitted --by entity,amount_cents --since 7d --db shop.db";

/// The arguments of `query stuck`.
#[derive(Debug, Args)]
#[command(after_help = STUCK_EXAMPLES)]
pub(super) struct StuckArgs {
    /// The event that begins the operation: a name in either spelling, or an alias
    #[arg(value_name = "EVENT")]
    pub(super) event: String,
    /// Only operations that began at least so long ago: `30m`, `24h`, `7d`
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub(super) older_than: Option<Duration>,
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const STUCK_EXAMPLES: &str = "Examples:
  query stuck order_fulfill_started --older-than 1h --db shop.db";

/// The arguments of `query holes`.
#[derive(Debug, Args)]
#[command(after_help = HOLES_EXAMPLES)]
pub(super) struct HolesArgs {
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const HOLES_EXAMPLES: &str = "Examples:
  query holes --db shop.db";

/// The arguments of `query state`.
#[derive(Debug, Args)]
#[command(after_help = STATE_EXAMPLES)]
pub(super) struct StateArgs {
    /// Type of the entity, as in `#[entity]`
    #[arg(value_name = "ENTITY_TYPE")]
    pub(super) kind: String,
    /// Id of the entity
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    pub(super) id: String,
    /// The time: RFC 3339, a day (its beginning in UTC), or an age (`2h`) [default: now]
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<Time>,
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

const STATE_EXAMPLES: &str = "Examples:
  query state order ord_9f2c8a --db shop.db
  query state order ord_9f2c8a --at 2026-11-30T09:00:00Z --db shop.db";
