//! The verdict on a run.

use super::{Delivery, Ledger};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// What is wrong with a run, and what it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The events that were committed.
    pub committed: u64,
    /// The deliveries, with duplicates.
    pub delivered: u64,
    /// The deliveries of events that the target had.
    pub duplicates: u64,
    /// The duplicates that no kill, no lost answer and no second relay explains.
    pub unexplained: u64,
    /// The events that were committed and that the target does not have.
    pub lost: u64,
    /// The deliveries of events that were never committed.
    pub phantoms: u64,
    /// The events whose first delivery is not behind that of the version before.
    pub out_of_order: u64,
    /// The orders whose counter is not the version of their last event, or whose events have a
    /// hole.
    pub wrong_counters: u64,
    /// The lines of a file that are no whole event.
    pub torn: u64,
    /// The events that are parked, dead ones too.
    pub parked: u64,
    /// The dead events.
    pub dead: u64,
    /// The places between the cursor and the newest event.
    pub behind: u64,
    /// The first events that are wrong, for a person.
    pub examples: Vec<String>,
}

/// Why a target may have an event more than once.
#[derive(Clone, Copy, Debug)]
pub enum Reasons<'a> {
    /// The cursor was moved by hand.
    Rewound,
    /// The target knows which relay sent what. A relay sends what is behind the cursor at its
    /// start, and again what was not answered, or not written down.
    Relays {
        /// The cursor at the start of each relay.
        starts: &'a BTreeMap<u32, i64>,
        /// The cursor at each time when the database was interrupted.
        interruptions: &'a [i64],
    },
    /// The target does not know. Each start of a relay, and each interruption, is a reason for one
    /// more delivery of what is behind the cursor at that time. It has the cursors.
    Cursors(&'a [i64]),
}

/// Judges what a target got.
pub fn judge(ledger: &Ledger, deliveries: &[Delivery], reasons: Reasons<'_>) -> Verdict {
    let mut verdict = Verdict {
        committed: ledger.facts.len() as u64,
        delivered: deliveries.len() as u64,
        parked: ledger.parked.values().sum(),
        dead: ledger.parked.get("dead").copied().unwrap_or(0),
        behind: ledger.newest().saturating_sub(ledger.cursor).unsigned_abs(),
        ..Verdict::default()
    };
    let known: HashMap<&str, usize> =
        ledger.facts.iter().enumerate().map(|(at, fact)| (fact.event_id.as_str(), at)).collect();
    // How often each event was delivered.
    let mut seen: HashMap<usize, usize> = HashMap::new();
    let mut answered: HashMap<(usize, u32), bool> = HashMap::new();
    let mut versions: HashMap<&str, u64> = HashMap::new();
    for delivery in deliveries {
        let Some(at) = known.get(delivery.event_id.as_str()).copied() else {
            verdict.phantoms += 1;
            verdict.example("phantom", &delivery.event_id);
            continue;
        };
        let fact = &ledger.facts[at];
        let before = answered.insert((at, delivery.relay), delivery.is_answered);
        let times = seen.entry(at).or_default();
        *times += 1;
        if *times > 1 {
            verdict.duplicates += 1;
            if !reasons.explain(fact.seq, delivery.relay, before, *times) {
                verdict.unexplained += 1;
                verdict.example("duplicate", delivery);
            }
            continue;
        }
        let last = versions.entry(&fact.order).or_default();
        if fact.version != *last + 1 {
            verdict.out_of_order += 1;
            verdict.example("out of order", fact);
        }
        *last = fact.version.max(*last);
    }
    for fact in ledger.facts.iter().enumerate().filter(|(at, _)| !seen.contains_key(at)) {
        verdict.lost += 1;
        verdict.example("lost", fact.1);
    }
    verdict.count_orders(ledger);
    verdict
}

impl Reasons<'_> {
    /// Whether an event at this place may come again. `answered`: whether this relay got the answer
    /// when it sent the event before, if it did. `times`: how often it came, with this time.
    fn explain(self, seq: i64, relay: u32, answered: Option<bool>, times: usize) -> bool {
        match (self, answered) {
            (Self::Rewound, _) => true,
            // The same relay sends again only what was not answered, what another relay took over
            // before it was written, and what the database has lost.
            (Self::Relays { starts, interruptions }, Some(was_answered)) => {
                let later = starts.range(relay + 1..).map(|(_, start)| start);
                !was_answered || later.chain(interruptions).any(|cursor| seq > *cursor)
            }
            (Self::Relays { starts, .. }, None) => {
                starts.get(&relay).is_some_and(|start| seq > *start)
            }
            (Self::Cursors(cursors), _) => {
                times <= cursors.iter().filter(|cursor| seq > **cursor).count()
            }
        }
    }
}

impl Verdict {
    /// Whether the counters of the orders are what their events say.
    fn count_orders(&mut self, ledger: &Ledger) {
        let mut last: BTreeMap<&str, u64> = BTreeMap::new();
        let mut holes: HashSet<&str> = HashSet::new();
        for fact in &ledger.facts {
            let version = last.entry(&fact.order).or_default();
            if fact.version != *version + 1 {
                holes.insert(&fact.order);
            }
            *version = fact.version;
        }
        for (order, version) in &ledger.orders {
            if last.get(order.as_str()) != Some(version) || holes.contains(order.as_str()) {
                self.wrong_counters += 1;
                self.example("wrong counter", (order, version));
            }
        }
    }

    fn example(&mut self, what: &str, of: impl fmt::Debug) {
        if self.examples.len() < 10 {
            self.examples.push(format!("{what}: {of:?}"));
        }
    }

    /// Whether everything is delivered as promised, and nothing waits.
    pub fn is_sound(&self) -> bool {
        self.is_sound_so_far() && self.lost == 0 && self.parked == 0 && self.behind == 0
    }

    /// Whether what is delivered is delivered as promised; something may wait.
    pub fn is_sound_so_far(&self) -> bool {
        let wrong =
            self.unexplained + self.phantoms + self.out_of_order + self.wrong_counters + self.torn;
        wrong == 0
    }

    /// Adds the numbers of another run.
    pub fn add(&mut self, other: &Self) {
        self.committed += other.committed;
        self.delivered += other.delivered;
        self.duplicates += other.duplicates;
        self.unexplained += other.unexplained;
        self.lost += other.lost;
        self.phantoms += other.phantoms;
        self.out_of_order += other.out_of_order;
        self.wrong_counters += other.wrong_counters;
        self.torn += other.torn;
        self.parked += other.parked;
        self.dead += other.dead;
        self.behind += other.behind;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Delivery, Fact, Ledger};
    use super::Reasons::{self, Cursors, Rewound};
    use super::{Verdict, judge};
    use std::collections::BTreeMap;

    /// Two orders, with the versions 1 to 3 each: `a1`, `b1`, `a2`, ..
    fn ledger() -> Ledger {
        let orders = (1..=3).flat_map(|version| ["a", "b"].map(|order| (order, version)));
        let facts = orders.zip(1..).map(|((order, version), seq)| Fact {
            seq,
            event_id: format!("{order}{version}"),
            order: order.to_owned(),
            version,
        });
        Ledger {
            facts: facts.collect(),
            orders: BTreeMap::from([("a".to_owned(), 3), ("b".to_owned(), 3)]),
            parked: BTreeMap::new(),
            cursor: 6,
        }
    }

    fn by(relay: u32, event_id: &str) -> Delivery {
        Delivery { event_id: event_id.to_owned(), relay, is_answered: true }
    }

    fn of(ids: &[&str]) -> Verdict {
        let deliveries: Vec<Delivery> = ids.iter().map(|id| by(1, id)).collect();
        judge(&ledger(), &deliveries, relays(&BTreeMap::from([(1, 0)])))
    }

    fn relays(starts: &BTreeMap<u32, i64>) -> Reasons<'_> {
        Reasons::Relays { starts, interruptions: &[] }
    }

    const ALL: [&str; 6] = ["a1", "b1", "a2", "b2", "a3", "b3"];

    #[test]
    fn a_whole_run_is_sound() {
        let verdict = of(&ALL);
        assert!(verdict.is_sound(), "{verdict:?}");
        assert!(of(&["b1", "b2", "b3", "a1", "a2", "a3"]).is_sound(), "orders are independent");
    }

    #[test]
    fn a_lost_event_is_found() {
        let verdict = of(&["a1", "b1", "a2", "b2", "a3"]);
        assert_eq!((verdict.lost, verdict.is_sound()), (1, false));
        let verdict = of(&["a1", "b1", "b2", "a3", "b3"]);
        assert_eq!((verdict.lost, verdict.out_of_order), (1, 1));
    }

    #[test]
    fn a_phantom_is_found() {
        let verdict = of(&["a1", "b1", "a2", "b2", "a3", "b3", "b4"]);
        assert_eq!((verdict.phantoms, verdict.is_sound_so_far()), (1, false));
    }

    #[test]
    fn a_swapped_pair_is_found() {
        let verdict = of(&["a2", "b1", "a1", "b2", "a3", "b3"]);
        assert!(verdict.out_of_order >= 1 && !verdict.is_sound_so_far(), "{verdict:?}");
    }

    #[test]
    fn a_duplicate_needs_a_reason() {
        let again = |relay, reasons: Reasons<'_>| {
            let mut deliveries: Vec<Delivery> = ALL.iter().map(|id| by(1, id)).collect();
            deliveries.push(by(relay, "a2"));
            judge(&ledger(), &deliveries, reasons).unexplained
        };
        let alone = BTreeMap::from([(1, 0)]);
        assert_eq!(again(1, relays(&alone)), 1, "it was answered");
        let lost = |cursor| Reasons::Relays { starts: &alone, interruptions: cursor };
        assert_eq!(again(1, lost(&[2])), 0, "the database has lost the cursor");
        assert_eq!(again(1, lost(&[3])), 1, "the cursor was behind it");
        let starts = |second| BTreeMap::from([(1, 0), (2, second)]);
        assert_eq!(again(2, relays(&starts(3))), 1, "it is the 3rd: the cursor is there");
        assert_eq!(again(2, relays(&starts(2))), 0, "it is behind the cursor");
        assert_eq!(again(1, relays(&starts(2))), 0, "another one took over before it");
        assert_eq!(again(1, relays(&starts(3))), 1, "another one took over behind it");
        assert_eq!(again(3, relays(&starts(0))), 1, "there is no such relay");
        assert_eq!(again(1, Rewound), 0, "the cursor was moved by hand");
        assert_eq!(again(0, Cursors(&[0])), 1, "one relay sends once");
        assert_eq!(again(0, Cursors(&[0, 3])), 1, "the second began behind it");
        assert_eq!(again(0, Cursors(&[0, 2])), 0, "the second sent it again");
    }

    #[test]
    fn an_event_that_was_not_answered_comes_again() {
        let mut deliveries: Vec<Delivery> = ALL.iter().map(|id| by(1, id)).collect();
        deliveries[5].is_answered = false;
        deliveries.push(by(1, "b3"));
        let verdict = judge(&ledger(), &deliveries, relays(&BTreeMap::from([(1, 0)])));
        assert_eq!((verdict.duplicates, verdict.unexplained), (1, 0));
    }

    #[test]
    fn a_counter_without_its_event_is_found() {
        let mut ledger = ledger();
        ledger.orders.insert("a".to_owned(), 4);
        let deliveries: Vec<Delivery> = ALL.iter().map(|id| by(1, id)).collect();
        let verdict = judge(&ledger, &deliveries, Cursors(&[0]));
        assert_eq!((verdict.wrong_counters, verdict.is_sound()), (1, false));
    }

    #[test]
    fn what_waits_is_found() {
        let mut ledger = ledger();
        ledger.cursor = 4;
        ledger.parked.insert("dead".to_owned(), 1);
        let deliveries: Vec<Delivery> = ALL.iter().map(|id| by(1, id)).collect();
        let verdict = judge(&ledger, &deliveries, Cursors(&[0]));
        assert_eq!((verdict.behind, verdict.dead, verdict.is_sound()), (2, 1, false));
        assert!(verdict.is_sound_so_far());
    }
}
