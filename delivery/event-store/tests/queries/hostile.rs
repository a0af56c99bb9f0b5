//! Stores that are empty, are not stores, or hold what no adapter writes.

use crate::events::{CATALOG, OrderPaymentCompleted, OrderPaymentStarted, ShopEvent};
use crate::history::{Happened, IDS, histories, start};
use crate::store::Store;
use event_core::Timestamp;
use event_store::{
    DuplicateKey, Duplicates, EventStep, Query, StoreDialect, StoredEntity, duplicates, funnel,
    holes, state_at, stuck, timeline,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn a_history() -> Vec<Happened> {
    let mut runner = TestRunner::deterministic();
    let mut history = histories().new_tree(&mut runner).unwrap().current();
    while history.len() < 30 {
        history.extend(histories().new_tree(&mut runner).unwrap().current());
    }
    history
}

fn order() -> StoredEntity {
    StoredEntity::new("order", IDS[1])
}

#[test]
fn an_empty_store_answers() {
    for store in Store::each("empty") {
        assert!(store.ask(&timeline(order(), ShopEvent::decode)).is_empty());
        assert_eq!(store.ask(&duplicates::<OrderPaymentCompleted>()), []);
        assert!(store.ask(&stuck::<OrderPaymentStarted>(&CATALOG)).is_empty());
        assert_eq!(store.ask(&holes()), []);
        assert_eq!(store.ask(&state_at(&CATALOG, order(), Timestamp::now())), []);
        let steps = store.ask(&funnel::<(OrderPaymentStarted, OrderPaymentCompleted)>());
        let counted =
            steps.iter().map(|step| (step.number, step.entities, step.percent.as_deref()));
        assert!(counted.eq([(1, 0, None), (2, 0, None)]));
    }
}

#[test]
fn a_database_without_an_outbox_is_refused_with_what_to_do() {
    for store in Store::each("without") {
        store.sql("DROP TABLE domain_events");
        let error = store.try_ask(&holes()).unwrap_err();
        assert!(error.contains("help: make the outbox's tables with `migrate`"), "{error}");
        store.sql("CREATE TABLE domain_events (id bigint PRIMARY KEY, body text)");
        let error = store.try_ask(&holes()).unwrap_err();
        assert!(error.contains("help: the table `domain_events` is not the outbox's"), "{error}");
    }
}

#[test]
fn a_row_that_no_adapter_writes_is_named() {
    for store in Store::each("foreign") {
        store.fill(&a_history()[..1]);
        let (place, is_sqlite) =
            ("DELETE FROM domain_events;", store.dialect() == StoreDialect::Sqlite);
        let event_type = if is_sqlite { "no id" } else { "019cebab-8995-7cb0-9b1f-000000000001" };
        let overriding = if is_sqlite { "" } else { "OVERRIDING SYSTEM VALUE" };
        store.sql(&format!(
            "{place} INSERT INTO domain_events (seq, event_id, event_type, event_version, \
             entity_type, entity_id, occurred_at, recorded_at, envelope) {overriding} VALUES \
             (7, '{event_type}', 'order.payment.started', 5000000000, 'order', 'o', \
             '2026-03-14T09:26:53.589793Z', '2026-03-14T09:26:53.589793Z', '{{}}')"
        ));
        let error = store
            .try_ask(&timeline(StoredEntity::new("order", "o"), ShopEvent::decode))
            .unwrap_err();
        let column =
            if is_sqlite { "`event_id` is not a UUID" } else { "`event_version` is not a version" };
        assert!(error.starts_with(&format!("event 7 of the store: {column}")), "{error}");
    }
}

/// The statement that a person copies answers as the one that has parameters.
#[test]
fn a_printed_statement_runs_as_it_is() {
    let history = a_history();
    let since = start();
    for store in Store::each("printed") {
        store.fill(&history);
        let dialect = store.dialect();
        let duplicates = duplicates::<OrderPaymentCompleted>().since(since);
        let duplicates =
            duplicates.by(&[DuplicateKey::Entity, DuplicateKey::Field("amount_cents")]);
        let funnel = funnel::<(OrderPaymentStarted, OrderPaymentCompleted)>();
        let funnel = funnel.within(std::time::Duration::from_secs(600)).since(since);
        for id in IDS {
            let entity = StoredEntity::new("order", id);
            same(&store, dialect, &timeline(entity.clone(), ShopEvent::decode));
            same(&store, dialect, &state_at(&CATALOG, entity, Timestamp::now()));
        }
        same(&store, dialect, &duplicates);
        same(&store, dialect, &funnel);
        same(&store, dialect, &stuck::<OrderPaymentStarted>(&CATALOG));
        same(&store, dialect, &holes());
    }
}

fn same<Q: Query>(store: &Store, dialect: StoreDialect, query: &Q) {
    let printed = query.statement(dialect).to_string();
    let rows = store.rows(&format!("SELECT count(*) FROM ({printed}) AS answer"));
    let count = format!("{}", store.ask(query).len());
    assert_eq!(rows.trim_matches(|c: char| !c.is_ascii_digit()), count, "{printed}");
}

#[test]
#[should_panic(expected = "`order.payment.completed` has no field `amount`")]
fn duplicates_by_a_field_that_is_not_declared_are_refused() {
    let _ = duplicates::<OrderPaymentCompleted>().by(&[DuplicateKey::Field("amount")]);
}

/// Rows of before a rename have the older name, which only the older version declares as an alias.
#[test]
fn an_alias_of_an_older_version_is_asked_for_once() {
    let event = CATALOG.find_version("order_payment_completed", 2).unwrap();
    let by_name = Duplicates::of(EventStep::new(&CATALOG, event));
    for text in [
        duplicates::<OrderPaymentCompleted>().statement(StoreDialect::Sqlite).to_string(),
        by_name.statement(StoreDialect::Sqlite).to_string(),
        stuck::<OrderPaymentStarted>(&CATALOG).statement(StoreDialect::Sqlite).to_string(),
        state_at(&CATALOG, order(), Timestamp::now()).statement(StoreDialect::Sqlite).to_string(),
    ] {
        for name in ["'order.payment.completed'", "'order.paid'"] {
            assert_eq!(text.matches(name).count(), 1, "{name}: {text}");
        }
    }
}
