//! Each query against a loop over the same history, in each database.

use crate::events::{
    CATALOG, OrderPaymentCompleted, OrderPaymentStarted, OrderShipCompleted, ShopEvent,
};
use crate::history::{Happened, IDS, TYPES, histories, minutes, start};
use crate::store::Store;
use crate::twin;
use event_store::{
    DuplicateKey, StoreDialect, StoredEntity, duplicates, funnel, holes, state_at, stuck, timeline,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// Runs a check on many histories, in each database.
fn for_histories(name: &str, check: fn(&Store, &[Happened])) {
    for store in Store::each(name) {
        let cases = if store.dialect() == StoreDialect::Sqlite { 256 } else { 64 };
        let mut runner = TestRunner::new(ProptestConfig {
            cases,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let ran = runner.run(&histories(), |history| {
            store.fill(&history);
            check(&store, &history);
            Ok(())
        });
        ran.unwrap();
    }
}

#[test]
fn a_timeline_is_the_entitys_events_in_the_order_of_the_store() {
    for_histories("timelines", |store, history| {
        for (entity, id) in IDS.into_iter().enumerate() {
            let query = timeline(StoredEntity::new("order", id), ShopEvent::decode);
            let answer = store.ask(&query);
            let seqs: Vec<_> = answer.iter().map(|stored| stored.seq).collect();
            assert_eq!(seqs, twin::timeline(history, entity));
            for stored in answer {
                let happened = &history[usize::try_from(stored.seq).unwrap() - 1];
                assert_eq!(stored.event_type, TYPES[happened.ty]);
                assert_eq!(stored.occurred_at, happened.occurred_at());
                assert_eq!(stored.entity_version, happened.entity_version);
                assert_eq!(stored.entity, Some(StoredEntity::new("order", id)));
                // Versions that are not the newest are decoded too; a name that is not declared
                // does not stop the others.
                assert_eq!(stored.event.is_ok(), happened.ty != 4);
            }
        }
    });
}

#[test]
fn a_funnel_counts_entities_that_go_through_the_steps_in_order() {
    for_histories("funnels", |store, history| {
        for within in [None, Some(0), Some(7), Some(30)] {
            let mut query =
                funnel::<(OrderPaymentStarted, OrderPaymentCompleted, OrderShipCompleted)>();
            if let Some(within) = within {
                query = query.within(minutes(within));
            }
            let answer = store.ask(&query);
            let counts: Vec<_> = answer.iter().map(|step| step.entities).collect();
            assert_eq!(counts, twin::funnel(history, &[0, 1, 3], within));
            assert!(answer.iter().all(|step| step.percent.is_some() == (counts[0] > 0)));
        }
        let again = funnel::<(OrderPaymentStarted, OrderPaymentStarted)>();
        let counts: Vec<_> = store.ask(&again).iter().map(|step| step.entities).collect();
        assert_eq!(counts, twin::funnel(history, &[0, 0], None));
    });
}

#[test]
fn duplicates_have_the_same_key() {
    for_histories("repeats", |store, history| {
        let query = duplicates::<OrderPaymentCompleted>();
        let query = query.by(&[DuplicateKey::Entity, DuplicateKey::Field("amount_cents")]);
        let answer = store.ask(&query);
        assert!(answer.is_sorted_by_key(|duplicate| (
            std::cmp::Reverse(duplicate.events),
            duplicate.first_seq
        )));
        let answer: BTreeSet<_> = answer
            .into_iter()
            .map(|duplicate| {
                let [kind, id, amount] = &*duplicate.key else { panic!("three columns") };
                assert_eq!(kind, "order");
                let (id, amount) = (id.as_str().unwrap().to_owned(), amount.as_i64().unwrap());
                (id, amount, duplicate.events, duplicate.first_seq, duplicate.last_seq)
            })
            .collect();
        assert_eq!(answer, twin::duplicates(history, 1));
    });
}

#[test]
fn an_operation_without_an_end_is_stuck() {
    for_histories("stuck", |store, history| {
        for minute in [0, 20, 60] {
            let before = start().saturating_add(minutes(minute));
            let query = stuck::<OrderPaymentStarted>(&CATALOG).begun_before(before);
            let answer = store.ask(&query);
            let seqs: Vec<_> = answer.iter().map(|stored| stored.seq).collect();
            assert_eq!(seqs, twin::stuck(history, minute));
            assert!(answer.iter().all(|stored| stored.event.is_ok()));
        }
    });
}

#[test]
fn a_version_between_two_events_that_no_event_has_is_a_hole() {
    for_histories("holes", |store, history| {
        let mut missing = BTreeSet::new();
        for hole in store.ask(&holes()) {
            for version in hole.first..=hole.last {
                assert!(missing.insert((hole.entity.id.clone(), version)), "in two holes");
            }
        }
        assert_eq!(missing, twin::missing(history));
    });
}

#[test]
fn the_state_is_the_last_one_that_had_happened() {
    for_histories("states", |store, history| {
        for (entity, id) in IDS.into_iter().enumerate() {
            for minute in [0, 20, 60] {
                let at = start().saturating_add(minutes(minute));
                let answer = store.ask(&state_at(&CATALOG, StoredEntity::new("order", id), at));
                let state = answer.first().map(|state| {
                    assert_eq!(state.name, "OrderState");
                    (state.seq, state.value.as_str().unwrap().to_owned())
                });
                let expected = twin::state(history, entity, minute);
                assert_eq!(state, expected.map(|(seq, after)| (seq, after.to_owned())));
                assert!(answer.len() <= 1);
            }
        }
    });
}
