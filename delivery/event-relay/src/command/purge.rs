//! `purge`.

use super::age;
use super::change::{ChangeArgs, events};
use super::console::{Console, Ending};
use super::outbox::{OutboxPlace, shown};
use crate::database::Database;
use crate::operation::purge::{self, Floor, NotHolding, PurgeRules, Walk};
use crate::operation::{Kept, OperationError, Operator, kept};
use clap::Args;
use event_core::{Emitter, Timestamp};
use std::fmt::Write as _;
use std::time::Duration;

/// The arguments of `purge`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PurgeArgs {
    /// How long events are kept that declare no retention [default: `retention.keep`; without one,
    /// they are kept]
    #[arg(long, value_name = "AGE", value_parser = age::parse)]
    keep: Option<Duration>,
    /// How many events are deleted in one transaction
    #[arg(long, value_name = "N", default_value_t = 5_000,
        value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,
    /// A target that lags, and that no relay has served for this long, holds no events [default:
    /// `retention.abandoned_after`, else 7d]
    #[arg(long, value_name = "AGE", value_parser = age::parse)]
    abandoned_after: Option<Duration>,
    /// Purge by age alone, whatever is delivered: the outbox is only a store
    #[arg(long)]
    no_targets: bool,
    /// Forget the messages that consumers saw longer ago, too
    #[arg(long, value_name = "AGE", value_parser = age::parse)]
    inbox: Option<Duration>,
    #[command(flatten)]
    change: ChangeArgs,
}

const EXAMPLES: &str = "Examples:
  event-relay purge --database shop.db --dry-run
  event-relay purge --keep 90d --inbox 30d --yes --by cron

An event is kept until every target has it and its retention is over. A parked event is kept.";

impl PurgeArgs {
    fn rules(&self, outbox: &OutboxPlace) -> PurgeRules {
        const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);
        let configured = outbox.retention;
        PurgeRules {
            keep: self.keep.or_else(|| configured.and_then(|retention| retention.keep)),
            abandoned_after: self
                .abandoned_after
                .unwrap_or_else(|| configured.map_or(WEEK, |retention| retention.abandoned_after)),
            heeds_targets: !self.no_targets,
        }
    }
}

pub(super) fn run(
    outbox: &OutboxPlace,
    args: &PurgeArgs,
    emitter: &Emitter,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let (rules, now, change) = (args.rules(outbox), Timestamp::now(), &args.change);
    outbox.with(change.access(), |database| {
        let floor = purge::floor(database, outbox.configured(), &rules, now)?;
        for (target, why) in &floor.not_holding {
            console.say(&not_holding(target, *why))?;
        }
        let held = held(&floor, kept(database, &floor, &rules, now)?);
        if change.shows_a_plan() {
            let planned = count(database, &floor, &rules, now)?;
            let messages = match args.inbox {
                Some(keep) => purge::inbox_plan(database, keep, now)?,
                None => 0,
            };
            if planned == 0 && messages == 0 {
                return console.say(&format!("nothing to purge{held}"));
            }
            let what = format!("deletes {}{}{held}", events(planned), inbox(args, messages));
            if !change.goes_on(&what, console)? {
                return Ok(());
            }
        }
        let purged = change.with_operator(emitter, |operator| {
            delete(database, operator, (outbox, args), &floor, now)
        })?;
        let messages = match args.inbox {
            Some(keep) => purge::inbox(database, keep, args.batch as usize, now)?,
            None => 0,
        };
        console.say(&format!("purged {}{}{}", events(purged), inbox(args, messages), held))
    })
}

fn count(
    database: &Database,
    floor: &Floor,
    rules: &PurgeRules,
    now: Timestamp,
) -> Result<u64, OperationError> {
    let mut walk = Walk::new(database, floor, rules, now)?;
    let mut number = 0;
    while let Some(seqs) = walk.next(database)? {
        number += seqs.len() as u64;
    }
    Ok(number)
}

fn delete(
    database: &mut Database,
    operator: &Operator<'_>,
    (outbox, args): (&OutboxPlace, &PurgeArgs),
    floor: &Floor,
    now: Timestamp,
) -> Result<u64, OperationError> {
    let (rules, batch) = (args.rules(outbox), args.batch as usize);
    let configured = outbox.configured();
    let mut walk = Walk::new(database, floor, &rules, now)?;
    let mut number = 0;
    while let Some(seqs) = walk.next(database)? {
        number += purge::run(database, operator, configured, &rules, &seqs, batch, now)?;
    }
    Ok(number)
}

fn inbox(args: &PurgeArgs, messages: u64) -> String {
    match (args.inbox, messages) {
        (None, _) => String::new(),
        (_, 1) => " and 1 message of the inbox".to_owned(),
        (_, messages) => format!(" and {messages} messages of the inbox"),
    }
}

/// Which old events are kept, and why.
fn held(floor: &Floor, kept: Kept) -> String {
    let mut text = String::new();
    if let Some(target) = &floor.held_by {
        let _ = write!(text, "; {} holds the events behind {}", shown(target), floor.seq);
        if kept.undelivered > 0 {
            let _ = write!(text, ", {} of them old", kept.undelivered);
        }
    }
    if kept.parked > 0 {
        let number = events(kept.parked).replace(' ', " old ");
        let _ = write!(text, "; keeps {number}, because parked events are kept");
    }
    if kept.without_retention > 0 {
        let number = events(kept.without_retention);
        let _ = write!(text, "; keeps {number} without a retention: `--keep` gives them one");
    }
    text
}

fn not_holding(target: &str, why: NotHolding) -> String {
    let why = match why {
        NotHolding::NotConfigured => "it is not in the configuration",
        NotHolding::Abandoned => {
            "it lags, and no relay has run for it for longer than `--abandoned-after`"
        }
    };
    format!("{} holds no events: {why}", shown(target))
}
