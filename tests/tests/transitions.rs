//! Tables of legal transitions: an illegal step is refused on every way out, counted and reported;
//! the table is exported.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::emit::Incident;
use event_core::value::Refusal;
use event_core::{Begins, Emit, Wide, assert_emitted, assert_not_emitted, catalog};
use event_core::{Change, Emitter, Event, Level, Recorder, Timestamp, events};
use std::sync::{Arc, Mutex};

mod elsewhere {
    use event_core::EventValue;

    #[derive(Clone, PartialEq, EventValue)]
    #[value(tag = "kind")]
    pub enum Ticket {
        Open,
        Assigned { to: String },
        Closed,
    }
}

events!(
    /// Orders.
    #[domain]
    pub enum Order {
        /// Ship it.
        Ship,
        /// Track it.
        Track,
        /// Assign it.
        Assign,
        /// Note it.
        Note,
        /// Pack it.
        Pack,
        /// Weigh it.
        Weigh,
    }

    /// Packing begins.
    #[event(info)]
    pub struct OrderPackStarted;

    /// It is packed.
    #[event(info)]
    pub struct OrderPackCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<OrderState>,
    }

    /// It is not packed.
    #[event(error)]
    pub struct OrderPackFailed;

    /// Who weighs.
    #[group]
    pub struct Weigher {
        pub weigher: u64,
    }

    /// It is weighed.
    #[event(info, wide(Weigher))]
    pub struct OrderWeighCompleted {
        #[transition(Cart -> Placed)]
        pub change: Change<OrderState>,
    }

    /// Where an order stands.
    #[derive(Clone, Copy, PartialEq)]
    #[value(rename_all = "snake_case")]
    pub enum OrderState {
        Cart,
        Placed,
        PaidInFull,
        Cancelled,
    }

    /// An order went on.
    #[event(info)]
    pub struct OrderShipCompleted {
        #[transition(Cart -> Placed, Placed -> PaidInFull | Cancelled | Placed)]
        pub change: Change<OrderState>,
    }

    /// An order came or went.
    #[event(info)]
    pub struct OrderTrackCompleted {
        #[transition(None -> Cart, Cart -> Placed | None, OrderState::Placed -> Cancelled)]
        pub change: Change<Option<OrderState>>,
    }

    /// A ticket went on.
    #[event(info)]
    pub struct OrderAssignCompleted {
        #[transition(Open -> Assigned, Assigned -> Assigned | Closed)]
        pub change: Change<elsewhere::Ticket>,
    }

    /// Every step is legal.
    #[event(info)]
    pub struct OrderNoteCompleted {
        #[transition]
        pub change: Change<OrderState>,
    }
);

catalog!(
    /// All of it.
    pub enum Orders {
        Order(Order),
    }
);

use OrderState::{Cancelled, Cart, PaidInFull, Placed};

const fn ship(before: OrderState, after: OrderState) -> OrderShipCompleted {
    OrderShipCompleted { change: Change { before, after } }
}

fn illegal(event: &'static str, from: &'static str, to: &'static str) -> Incident {
    Incident::Refused { event, refusal: Refusal::IllegalTransition { from, to } }
}

fn emitter() -> (Emitter, Arc<Mutex<Vec<Incident>>>) {
    let found = Arc::new(Mutex::new(Vec::new()));
    let listener = found.clone();
    let emitter = Emitter::builder()
        .level(Level::Trace)
        .on_incident(move |incident| listener.lock().unwrap().push(incident.clone()))
        .build();
    (emitter, found)
}

#[test]
fn a_legal_step_is_written_and_an_illegal_one_is_refused_counted_and_reported() {
    let (emitter, found) = emitter();
    for (before, after) in
        [(Cart, Placed), (Placed, Placed), (Placed, PaidInFull), (Placed, Cancelled)]
    {
        emitter.emit(&ship(before, after));
    }
    assert_eq!((emitter.report().emitted, emitter.report().illegal_transitions), (4, 0));
    emitter.emit(&ship(Cart, PaidInFull));
    emitter.emit(&ship(Cart, PaidInFull));
    emitter.emit_at(&ship(Cancelled, Cart), Timestamp::now());
    let report = emitter.report();
    assert_eq!((report.emitted, report.illegal_transitions, report.refused), (4, 3, 3));
    assert_eq!(report.calls(), 7, "each call is counted once");
    assert_eq!(emitter.metrics().events[0].illegal_transitions(), 3);
    let found: Vec<String> = found.lock().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "event `order_ship_completed` was not written: its table of transitions has no step \
             `cart -> paid_in_full`",
            "event `order_ship_completed` was not written: its table of transitions has no step \
             `cancelled -> cart`",
        ],
        "each step is reported once"
    );
}

#[test]
fn a_step_to_the_same_state_is_legal_where_it_is_in_the_table() {
    let (emitter, _) = emitter();
    emitter.emit(&ship(Placed, Placed));
    emitter.emit(&ship(Cart, Cart));
    assert_eq!((emitter.report().emitted, emitter.report().illegal_transitions), (1, 1));
}

#[test]
fn a_buffer_does_not_collect_an_illegal_step() {
    let (emitter, found) = emitter();
    let mut buffer = emitter.buffer();
    ship(Cart, Placed).emit_to(&mut buffer);
    ship(PaidInFull, Placed).emit_to(&mut buffer);
    assert_eq!((buffer.records().len(), buffer.refused()), (1, 1));
    let report = emitter.report();
    assert_eq!(
        (report.buffered, report.refused, report.illegal_transitions, report.calls()),
        (1, 1, 1, 2)
    );
    assert_eq!(*found.lock().unwrap(), [illegal("order_ship_completed", "paid_in_full", "placed")]);
    buffer.discard();
}

#[test]
fn operations_units_and_emit_functions_refuse_as_well() {
    let recorder = Recorder::new();
    let guard = recorder.enter();
    emit_order_ship_completed(ship(PaidInFull, Cart));
    let wrong = Change { before: Placed, after: Cart };
    OrderPackStarted
        .start(|_| OrderPackFailed)
        .finish(OrderPackCompleted { change: wrong.clone() });
    let unit = OrderWeighCompleted::unit(|| OrderWeighCompleted {
        change: Change { before: Cart, after: Cart },
    });
    unit.add(&Weigher { weigher: 1 });
    unit.flush(OrderWeighCompleted { change: wrong });
    drop(OrderWeighCompleted::unit(|| OrderWeighCompleted {
        change: Change { before: Cart, after: Cart },
    }));
    drop(guard);
    assert_not_emitted!(recorder, OrderShipCompleted);
    assert_not_emitted!(recorder, OrderPackCompleted);
    assert_not_emitted!(recorder, OrderWeighCompleted);
    assert_emitted!(recorder, OrderPackStarted);
    assert_eq!(recorder.incidents().len(), 4, "{:?}", recorder.incidents());
}

#[test]
fn nothing_before_and_nothing_after_are_states() {
    let (emitter, found) = emitter();
    let track = |before, after| OrderTrackCompleted { change: Change { before, after } };
    emitter.emit(&track(None, Some(Cart)));
    emitter.emit(&track(Some(Cart), None));
    emitter.emit(&track(Some(Placed), Some(Cancelled)));
    emitter.emit(&track(None, Some(Placed)));
    emitter.emit(&track(None, None));
    assert_eq!((emitter.report().emitted, emitter.report().illegal_transitions), (3, 2));
    let first = found.lock().unwrap()[0].clone();
    assert_eq!(first, illegal("order_track_completed", "null", "placed"));
}

#[test]
fn a_state_that_holds_something_is_a_state() {
    use elsewhere::Ticket;
    let (emitter, found) = emitter();
    let assign = |before, after| OrderAssignCompleted { change: Change { before, after } };
    emitter.emit(&assign(Ticket::Open, Ticket::Assigned { to: "ada".into() }));
    emitter.emit(&assign(
        Ticket::Assigned { to: "ada".into() },
        Ticket::Assigned { to: "bob".into() },
    ));
    emitter.emit(&assign(Ticket::Closed, Ticket::Assigned { to: "zed".into() }));
    assert_eq!((emitter.report().emitted, emitter.report().illegal_transitions), (2, 1));
    let text = found.lock().unwrap()[0].to_string();
    assert!(text.ends_with("no step `Closed -> Assigned`") && !text.contains("zed"), "{text}");
}

#[test]
fn without_a_table_every_step_is_legal() {
    let (emitter, _) = emitter();
    emitter.emit(&OrderNoteCompleted { change: Change { before: Cancelled, after: Cart } });
    assert_eq!((emitter.report().emitted, OrderNoteCompleted::META.transitions().len()), (1, 0));
}

#[test]
fn a_record_with_an_illegal_step_is_read_all_the_same() {
    let line = r#"{"event":"order_ship_completed","version":1,"level":"info","timestamp":"2026-01-01T00:00:00.000000Z","before":"cancelled","after":"cart"}"#;
    assert!(
        matches!(Orders::decode(line), Ok(Orders::Order(OrderEvent::ShipCompleted(_)))),
        "{:?}",
        Orders::decode(line)
    );
}

#[test]
fn the_recorder_shows_why_nothing_was_recorded() {
    let mut recorder = Recorder::new();
    ship(Cart, PaidInFull).emit_to(&mut recorder);
    assert_not_emitted!(recorder, OrderShipCompleted);
    ship(Cart, Placed).emit_to(&mut recorder);
    assert_emitted!(recorder, OrderShipCompleted { change.after: Placed, .. });
    let expected = illegal("order_ship_completed", "cart", "paid_in_full");
    assert_eq!(recorder.incidents().as_slice(), std::slice::from_ref(&expected));
    // What an assertion that fails says.
    let failed = std::panic::catch_unwind(|| {
        let mut recorder = Recorder::new();
        ship(Cart, PaidInFull).emit_to(&mut recorder);
        assert_emitted!(recorder, OrderShipCompleted);
    });
    let message = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains(&expected.to_string()), "{message}");
}

#[test]
fn the_schema_has_the_table_by_names_on_the_wire() {
    let table = |name: &str| {
        let event = CATALOG.events().find(|event| event.name.snake == name).unwrap();
        let schema = event_schema::schema(event, event_schema::Options::default()).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema.to_string()).unwrap();
        schema["x-event"]["transitions"].clone()
    };
    assert_eq!(
        table("order_ship_completed"),
        serde_json::json!({"cart": ["placed"], "placed": ["paid_in_full", "cancelled", "placed"]})
    );
    assert_eq!(
        table("order_track_completed"),
        serde_json::json!({"null": ["cart"], "cart": ["placed", null], "placed": ["cancelled"]})
    );
    assert_eq!(table("order_note_completed"), serde_json::Value::Null);
}

#[test]
fn samples_take_legal_steps() {
    for event in CATALOG.events().filter(|event| !event.transitions().is_empty()) {
        let steps = event.transitions();
        for seed in 0..40 {
            let line: serde_json::Value =
                serde_json::from_str(&event_schema::sample::line(event, seed)).unwrap();
            let state = |key: &str| {
                line[key]
                    .as_str()
                    .map(str::to_owned)
                    .or_else(|| Some(line[key]["kind"].as_str()?.to_owned()))
            };
            let (from, to) = (state("before"), state("after"));
            assert!(
                event_core::meta::Transition::allows(steps, from.as_deref(), to.as_deref()),
                "{from:?} -> {to:?} of {line}"
            );
        }
    }
}

mod raw {
    use event_core::{Change, events};

    events!(
        /// Gates.
        #[domain]
        pub enum Gate {
            /// Turn one.
            Turn,
        }

        #[value]
        pub enum GateState {
            r#Open,
            Shut,
        }

        /// A gate was turned.
        #[event(level = match r#state { Open => info, r#Shut => warning })]
        pub struct GateTurnFinished {
            pub state: GateState,
            #[transition(Open -> r#Shut, Shut -> r#Open)]
            pub change: Change<GateState>,
        }
    );
}

#[test]
fn a_raw_identifier_names_the_same_state() {
    let meta = raw::GateTurnFinished::META;
    assert_eq!(meta.level.to_string(), r#"match state { "Open" => info, "Shut" => warning }"#);
    let is_legal =
        |from, to| event_core::meta::Transition::allows(meta.transitions(), Some(from), Some(to));
    assert!(is_legal("Open", "Shut") && is_legal("Shut", "Open") && !is_legal("Open", "Open"));
}
