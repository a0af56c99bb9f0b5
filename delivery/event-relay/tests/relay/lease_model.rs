//! Who gets the lease, and whose writes count, against a model: relays ask, write, stop, are
//! started again and are silent for too long, in any order.

use crate::shop::Shop;
use event_core::Timestamp;
use event_relay::source::{Claim, EventSource, Lease, OnPoison, OutboxSource, Progress};
use proptest::collection::vec;
use proptest::prelude::*;

/// Two relays have one name.
const NAMES: [&str; 3] = ["one", "two", "two"];

#[derive(Clone, Copy, Debug)]
enum Step {
    Ask(usize),
    Commit(usize),
    Renew(usize),
    Release(usize),
    StartAgain(usize),
    /// The relay that has the lease is silent until it has ended.
    End,
    /// A person moves the cursor.
    Move,
}

fn step() -> impl Strategy<Value = Step> {
    let relay = 0..NAMES.len();
    prop_oneof![
        4 => relay.clone().prop_map(Step::Ask),
        3 => relay.clone().prop_map(Step::Commit),
        1 => relay.clone().prop_map(Step::Renew),
        1 => relay.clone().prop_map(Step::Release),
        1 => relay.prop_map(Step::StartAgain),
        2 => Just(Step::End),
        1 => Just(Step::Move),
    ]
}

/// A relay, and what the model knows of it.
struct Relay {
    source: OutboxSource,
    has_asked: bool,
    /// The fence that it was given.
    fence: Option<i64>,
}

fn start(shop: &Shop, at: usize) -> Relay {
    let lease = Lease::new(NAMES[at]).lasting(Lease::LONGEST);
    let location = shop.database().into();
    let source = OutboxSource::open(&location, "a", OnPoison::default(), lease).unwrap();
    Relay { source, has_asked: false, fence: None }
}

/// What the row of the cursor says.
#[derive(Default)]
struct Model {
    fence: i64,
    /// The relay that has the lease, and whether it is still the same process.
    owner: Option<(usize, bool)>,
    has_ended: bool,
}

impl Model {
    fn grants(&self, at: usize, has_asked: bool) -> bool {
        match self.owner {
            Some((owner, is_same)) if !self.has_ended => {
                (owner == at && is_same) || (!has_asked && NAMES[owner] == NAMES[at])
            }
            _ => true,
        }
    }
}

fn take(shop: &Shop, relays: &mut [Relay], model: &mut Model, step: Step) {
    let now = Timestamp::now();
    match step {
        Step::Ask(at) => {
            let relay = &mut relays[at];
            let claim = relay.source.rewind(now).unwrap();
            let is_granted = model.grants(at, relay.has_asked);
            assert_eq!(matches!(claim, Claim::Granted { .. }), is_granted, "{claim:?}");
            relay.has_asked = true;
            if is_granted {
                let fence = model.fence + 1;
                assert_eq!(claim, Claim::Granted { low: 0, fence });
                relay.fence = Some(fence);
                *model = Model { fence, owner: Some((at, true)), has_ended: false };
            }
        }
        Step::Commit(at) | Step::Renew(at) => {
            let relay = &mut relays[at];
            let is_written = match step {
                Step::Renew(_) => relay.source.renew(),
                _ => relay.source.commit(&Progress::default(), now),
            };
            let counts = relay.fence == Some(model.fence);
            assert_eq!(is_written.unwrap(), counts);
            model.has_ended &= !counts;
        }
        Step::Release(at) => {
            relays[at].source.release().unwrap();
            if model.owner == Some((at, true)) {
                model.owner = None;
            }
        }
        Step::StartAgain(at) => {
            relays[at] = start(shop, at);
            model.owner = model.owner.map(|(owner, is_same)| (owner, is_same && owner != at));
        }
        Step::End => {
            let sql = "UPDATE outbox_cursor SET lease_until = '2026-01-01T00:00:00.000Z'";
            shop.connection.execute(sql, []).unwrap();
            model.has_ended = true;
        }
        Step::Move => {
            let moved = shop.connection.execute("UPDATE outbox_cursor SET fence = fence + 1", []);
            model.fence += i64::try_from(moved.unwrap()).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_relay_has_the_lease_and_only_its_writes_count(steps in vec(step(), 1..60)) {
        let shop = Shop::open();
        let mut relays: Vec<Relay> = (0..NAMES.len()).map(|at| start(&shop, at)).collect();
        let mut model = Model::default();
        for step in steps {
            take(&shop, &mut relays, &mut model, step);
            let writers = relays.iter().filter(|relay| relay.fence == Some(model.fence)).count();
            prop_assert!(writers <= 1);
        }
    }
}
