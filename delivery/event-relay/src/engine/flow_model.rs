//! [`Flow`] against random schedules: what is in flight, and what the target sees.

use super::flow::{Flow, Item};
use crate::message::{EntityKey, Message, Seq};
use crate::targets::Limits;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The entity of an event: one of a few, or none.
type Entity = Option<u8>;

#[derive(Clone, Debug)]
enum Step {
    Read(Entity),
    Take,
    /// Answers one of the batches in flight.
    Answer(usize, Reply),
}

#[derive(Clone, Copy, Debug)]
enum Reply {
    Delivered,
    Unavailable,
    Rejected,
}

fn step() -> impl Strategy<Value = Step> {
    let reply = prop_oneof![
        6 => Just(Reply::Delivered),
        2 => Just(Reply::Unavailable),
        1 => Just(Reply::Rejected),
    ];
    prop_oneof![
        3 => proptest::option::weighted(0.9, 0..4_u8).prop_map(Step::Read),
        2 => Just(Step::Take),
        2 => (any::<usize>(), reply).prop_map(|(batch, reply)| Step::Answer(batch, reply)),
    ]
}

fn message(seq: Seq, entity: Entity) -> Arc<Message> {
    let entity =
        entity.map(|entity| EntityKey { kind: "order".to_owned(), id: entity.to_string() });
    Arc::new(Message {
        seq,
        event_id: String::new(),
        event_type: "order.created".to_owned(),
        event_version: 1,
        entity,
        envelope: "{}".to_owned(),
    })
}

/// What a schedule has done so far.
#[derive(Default)]
struct Run {
    flow: Flow,
    limits: Option<Limits>,
    entities: BTreeMap<Seq, Entity>,
    in_flight: Vec<Vec<Seq>>,
    delivered: Vec<Seq>,
    parked: BTreeSet<Seq>,
}

impl Run {
    fn entity(&self, seq: Seq) -> Entity {
        self.entities[&seq]
    }

    fn read(&mut self, entity: Entity) {
        let seq = Seq::try_from(self.entities.len()).unwrap() * 2 + 1;
        self.entities.insert(seq, entity);
        // The source says that an earlier event of its entity is parked.
        let is_behind =
            entity.is_some() && self.parked.iter().any(|seq| self.entity(*seq) == entity);
        self.flow.pass(seq);
        if is_behind {
            self.parked.insert(seq);
        } else {
            self.flow.push(Item::live(message(seq, entity)));
        }
    }

    fn take(&mut self) -> bool {
        let limits = self.limits.unwrap();
        let Some(batch) = self.flow.take(limits) else { return false };
        let batch: Vec<Seq> = batch.iter().map(|message| message.seq).collect();
        assert!(batch.len() <= limits.events, "{batch:?}");
        for seq in &batch {
            let entity = self.entity(*seq);
            let others = self.in_flight.iter().flatten().map(|other| self.entity(*other));
            let is_alone = entity.is_none() || others.into_iter().all(|other| other != entity);
            assert!(is_alone, "{seq} is in flight beside another event of its entity");
        }
        self.in_flight.push(batch);
        assert!(self.in_flight.len() <= limits.in_flight);
        true
    }

    fn answer(&mut self, batch: usize, reply: Reply) {
        if self.in_flight.is_empty() {
            return;
        }
        let batch = self.in_flight.swap_remove(batch % self.in_flight.len());
        match (reply, &batch[..]) {
            (Reply::Delivered, _) => {
                assert_eq!(self.flow.delivered(&batch).len(), batch.len());
                self.delivered.extend(batch);
            }
            (Reply::Unavailable, _) => self.flow.put_back(&batch, false),
            (Reply::Rejected, [seq]) => {
                let out = self.flow.rejected(*seq, true);
                assert_eq!(out[0].message.seq, *seq);
                self.parked.extend(out.iter().map(|item| item.message.seq));
            }
            (Reply::Rejected, _) => self.flow.put_back(&batch, true),
        }
    }

    fn check(&self) {
        let done: BTreeSet<Seq> = self.delivered.iter().chain(&self.parked).copied().collect();
        assert_eq!(done.len(), self.delivered.len() + self.parked.len(), "each is settled once");
        let settled = self.flow.settled();
        let open = self.entities.keys().find(|seq| !done.contains(seq));
        match open {
            Some(open) => assert_eq!(settled, open - 1),
            None => assert_eq!(settled, self.entities.keys().last().copied().unwrap_or(0)),
        }
        for entity in self.entities.values().flatten() {
            let of: Vec<Seq> = self.delivered.clone();
            let of: Vec<Seq> =
                of.into_iter().filter(|seq| self.entity(*seq) == Some(*entity)).collect();
            assert!(of.is_sorted(), "the events of {entity} are in order: {of:?}");
        }
    }
}

proptest! {
    #[test]
    fn each_entity_is_in_order_and_nothing_is_lost(
        steps in proptest::collection::vec(step(), 1..200),
        in_flight in 1..4_usize,
        events in 1..5_usize,
    ) {
        let limits = Limits { in_flight, events, bytes: 1_000 };
        let mut run = Run { limits: Some(limits), ..Run::default() };
        for step in steps {
            match step {
                Step::Read(entity) => run.read(entity),
                Step::Take => {
                    run.take();
                }
                Step::Answer(batch, reply) => run.answer(batch, reply),
            }
            run.check();
        }
        // Whatever happened before, everything can be delivered now.
        while !run.in_flight.is_empty() || run.take() {
            run.answer(0, Reply::Delivered);
            run.check();
        }
        prop_assert_eq!(run.flow.len(), 0);
        prop_assert_eq!(run.flow.bytes(), 0);
        prop_assert_eq!(run.delivered.len() + run.parked.len(), run.entities.len());
    }
}

#[test]
fn a_batch_is_cut_at_its_bytes() {
    let mut flow = Flow::default();
    for seq in 1..=3 {
        flow.push(Item::live(message(seq, None)));
    }
    let limits = Limits { in_flight: 2, events: 10, bytes: 3 };
    let sizes: Vec<Option<usize>> =
        (0..3).map(|_| flow.take(limits).map(|batch| batch.len())).collect();
    assert_eq!(sizes, [Some(1), Some(1), None], "one event may be larger than the limit");
}

#[test]
fn a_parked_event_behind_a_later_one_hides_no_gap() {
    let mut flow = Flow::new(6);
    for (seq, entity) in [(7, 1), (8, 1), (9, 2)] {
        flow.push(Item::live(message(seq, Some(entity))));
    }
    // A replay of the second entity.
    flow.push(Item::parked(message(5, Some(2)), 0));
    let mut take = |events| {
        let limits = Limits { in_flight: 2, events, bytes: 1_000 };
        let batch = flow.take(limits).unwrap();
        batch.iter().map(|message| message.seq).collect::<Vec<Seq>>()
    };
    assert_eq!((take(1), take(2)), (vec![7], vec![9, 5]));
    flow.delivered(&[7]);
    flow.delivered(&[9, 5]);
    assert!(flow.has_gap(), "9 is sent, and 8 is not");
}
