//! `purge` against a twin that looks at every row.

use crate::shop::{NO_ID, Shop};
use event_core::{Emitter, Timestamp};
use event_relay::operation::Operator;
use event_relay::operation::purge::{self, PurgeRules, Walk};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

const NOW: i64 = 1_800_000_000_000_000;
const DAY: i64 = 86_400_000_000;

#[derive(Clone, Debug)]
struct Event {
    seq: i64,
    recorded_days_ago: i64,
    /// Days from now; negative is over.
    retained_for: Option<i64>,
}

#[derive(Clone, Debug)]
struct Tables {
    events: Vec<Event>,
    /// Target, place, days since it was written.
    cursors: Vec<(String, i64, i64)>,
    parked: BTreeSet<(String, i64)>,
    configured: Vec<String>,
    /// `None`: events that declare no retention are kept for ever.
    keep_days: Option<i64>,
}

fn tables() -> impl Strategy<Value = Tables> {
    let name = prop::sample::select(vec!["a", "b", "c", "d'"]).prop_map(str::to_owned);
    let seqs = prop::collection::btree_set(1..60_i64, 0..40);
    let event = (0..60_i64, prop::option::of(-40..40_i64));
    let events = (seqs, prop::collection::vec(event, 40)).prop_map(|(seqs, facts)| {
        let rows = seqs.into_iter().zip(facts);
        rows.map(|(seq, (recorded_days_ago, retained_for))| Event {
            seq,
            recorded_days_ago,
            retained_for,
        })
        .collect()
    });
    let cursor = (0..60_i64, 0..14_i64);
    let cursors = prop::collection::btree_map(name.clone(), cursor, 0..4).prop_map(|cursors| {
        cursors.into_iter().map(|(name, (low_seq, days))| (name, low_seq, days)).collect()
    });
    let parked = prop::collection::btree_set((name.clone(), 1..60_i64), 0..6);
    let configured = prop::collection::btree_set(name, 0..4)
        .prop_map(|names| names.into_iter().collect::<Vec<_>>());
    let keep_days = prop::option::weighted(0.8, 1..60_i64);
    let facts = (events, cursors, parked, configured, keep_days);
    facts.prop_map(|(events, cursors, parked, configured, keep_days)| Tables {
        events,
        cursors,
        parked,
        configured,
        keep_days,
    })
}

fn time(days_from_now: i64) -> String {
    // Half a day off, so that no comparison is about an equal time.
    Timestamp::from_micros(NOW + days_from_now * DAY - DAY / 2).to_string()
}

fn parked(target: &str, seq: i64) -> String {
    format!(
        "INSERT INTO outbox_parked VALUES ('{}', {seq}, '{NO_ID}', 'a.b', NULL, NULL, 'dead', 1,
            '{1}', '{1}', '');\n",
        target.replace('\'', "''"),
        time(0)
    )
}

impl Tables {
    fn rules(&self) -> PurgeRules {
        let days = |days: i64| Duration::from_secs(days.unsigned_abs() * 86_400);
        PurgeRules { keep: self.keep_days.map(days), abandoned_after: days(7), heeds_targets: true }
    }

    /// Puts the tables in the place of those of a shop.
    fn fill(&self, shop: &Shop) {
        let newest = self.newest();
        let (overriding, sequence) = match shop.url() {
            Some(_) => (
                "OVERRIDING SYSTEM VALUE",
                format!(
                    "SELECT setval('domain_events_seq_seq', {}, {})",
                    newest.max(1),
                    newest > 0
                ),
            ),
            None => ("", "DELETE FROM sqlite_sequence".to_owned()),
        };
        let tables = ["domain_events", "outbox_cursor", "outbox_parked"];
        let mut sql: Vec<_> =
            tables.iter().map(|table| format!("DELETE FROM {table};\n")).collect();
        sql.push(format!("{sequence};\n"));
        sql.extend(self.events.iter().map(|Event { seq, recorded_days_ago, retained_for }| {
            let recorded_at = time(-recorded_days_ago);
            let retained =
                retained_for.map_or("NULL".to_owned(), |days| format!("'{}'", time(days)));
            format!(
                "INSERT INTO domain_events (seq, event_id, event_type, event_version, occurred_at,
                    recorded_at, retain_until, envelope) {overriding}
                VALUES ({seq}, '{NO_ID}', 'a.b', 1, '{recorded_at}', '{recorded_at}', {retained},
                    '{{}}');\n"
            )
        }));
        sql.extend(self.cursors.iter().map(|(target, low_seq, days)| {
            let (target, time) = (target.replace('\'', "''"), time(-days));
            format!(
                "INSERT INTO outbox_cursor (target, low_seq, updated_at)
                VALUES ('{target}', {low_seq}, '{time}');\n"
            )
        }));
        sql.extend(self.parked.iter().map(|(target, seq)| parked(target, *seq)));
        let sql = sql.concat();
        shop.batch(&sql);
    }

    fn newest(&self) -> i64 {
        self.events.iter().map(|event| event.seq).max().unwrap_or(0)
    }

    /// The cursors that hold events, as the manual says it.
    fn holding(&self) -> Vec<i64> {
        let newest = self.newest();
        let is_configured =
            |name: &String| self.configured.is_empty() || self.configured.contains(name);
        let live = self.cursors.iter().filter(|(name, low_seq, days)| {
            is_configured(name) && !(*low_seq < newest && *days >= 7)
        });
        let mut holding: Vec<i64> = live.map(|(_, low_seq, _)| *low_seq).collect();
        let has = |name: &String| self.cursors.iter().any(|(other, _, _)| other == name);
        holding.extend(self.configured.iter().filter(|name| !has(name)).map(|_| 0));
        holding
    }

    /// What is kept. `None` if purging is refused.
    fn kept(&self) -> Option<Vec<i64>> {
        let lowest = self.holding().into_iter().min().filter(|_| !self.cursors.is_empty())?;
        let is_kept = |event: &&Event| {
            let is_retained = match event.retained_for {
                Some(days) => days > 0,
                None => self.keep_days.is_none_or(|keep| event.recorded_days_ago < keep),
            };
            let is_parked = self.parked.iter().any(|(_, seq)| *seq == event.seq);
            event.seq > lowest || is_retained || is_parked
        };
        Some(self.events.iter().filter(is_kept).map(|event| event.seq).collect())
    }
}

fn seqs(shop: &Shop) -> Vec<i64> {
    shop.seqs().split_whitespace().map(|seq| seq.parse().unwrap()).collect()
}

/// Purges, with the time of the tables. Returns whether it was refused.
fn purge(shop: &Shop, tables: &Tables, batch: usize) -> bool {
    let database = &mut shop.open();
    let (configured, rules) = (tables.configured.as_slice(), tables.rules());
    let now = Timestamp::from_micros(NOW);
    let Ok(floor) = purge::floor(database, configured, &rules, now) else { return true };
    let emitter = Emitter::builder().build();
    let operator = Operator { emitter: &emitter, by: "ada", reason: None };
    let mut walk = Walk::new(database, &floor, &rules, now).unwrap();
    while let Some(seqs) = walk.next(database).unwrap() {
        purge::run(database, &operator, configured, &rules, &seqs, batch, now).unwrap();
    }
    false
}

#[test]
fn it_keeps_what_it_must_and_nothing_else() {
    let shop = Shop::new();
    let cases = if shop.url().is_some() { 60 } else { 400 };
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(tables in tables(), batch in 1..9_usize)| {
        tables.fill(&shop);
        let is_refused = purge(&shop, &tables, batch);
        let all = || tables.events.iter().map(|event| event.seq).collect();
        prop_assert_eq!(is_refused, tables.kept().is_none());
        prop_assert_eq!(seqs(&shop), tables.kept().unwrap_or_else(all));
    });
}

#[test]
fn a_cursor_that_moves_back_meanwhile_holds() {
    let event = |seq| Event { seq, recorded_days_ago: 50, retained_for: None };
    let tables = Tables {
        events: (1..=4).map(event).collect(),
        cursors: vec![("a".to_owned(), 4, 0)],
        parked: BTreeSet::new(),
        configured: Vec::new(),
        keep_days: Some(30),
    };
    let (shop, rules) = (Shop::new(), tables.rules());
    tables.fill(&shop);
    let mut database = shop.open();
    let now = Timestamp::from_micros(NOW);
    let floor = purge::floor(&database, &[], &rules, now).unwrap();
    let seqs_found = Walk::new(&database, &floor, &rules, now).unwrap().next(&database);
    let found = seqs_found.unwrap().unwrap();
    assert_eq!(found, [1, 2, 3, 4]);
    shop.execute("UPDATE outbox_cursor SET low_seq = 1", &[]);
    shop.batch(&parked("b", 1));
    let emitter = Emitter::builder().build();
    let operator = Operator { emitter: &emitter, by: "ada", reason: None };
    let purged = purge::run(&mut database, &operator, &[], &rules, &found, 10, now).unwrap();
    assert_eq!((purged, seqs(&shop)), (0, vec![1, 2, 3, 4]));
}
