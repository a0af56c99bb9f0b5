//! Values whose own code fails while they are written: the event is refused, counted and reported,
//! and never written with something else in their place.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test; what generated code owes the lints is the hygiene package's"
)]

use event_core::emit::Incident;
use event_core::meta::shape::{Shape, TextFormat};
use event_core::read::{Input, ReadError};
use event_core::value::{Encoder, Fields, Presence, Refusal};
use event_core::{Emit, Emitter, EventValue, Recorder, Wide, events};
use schemars::JsonSchema;
use serde::ser::{Error, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

/// Keys that JSON does not have.
type Grid = BTreeMap<(u8, u8), u8>;

/// Writes half of itself, and fails.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Half;

impl Serialize for Half {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element("sk_live_secret")?;
        Err(S::Error::custom("sk_live_secret is not written"))
    }
}

/// A value of its own, whose `Display` fails in the middle.
#[derive(Clone, Debug)]
pub struct Torn;

impl fmt::Display for Torn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half")?;
        Err(fmt::Error)
    }
}

impl EventValue for Torn {
    const SHAPE: &'static Shape = &Shape::Text(TextFormat::Plain);

    fn encode(&self, out: &mut Encoder) {
        out.display(self);
    }

    fn read(_: Input<'_>) -> Result<Self, ReadError> {
        Ok(Self)
    }
}

events!(
    #[domain]
    pub enum Board {
        Draw,
        Move,
        Turn,
    }

    #[event(info)]
    pub struct BoardDrawCompleted {
        #[field(opaque)]
        pub grid: Grid,
    }

    #[event(info)]
    pub struct BoardDrawFailed {
        pub number: u32,
        #[field(opaque)]
        pub maybe: Option<Half>,
        #[field(opaque)]
        pub present: Presence<Half>,
        #[field(opaque)]
        pub many: Vec<Half>,
        pub torn: Vec<Torn>,
    }

    #[group(context)]
    pub struct Table {
        #[field(opaque)]
        pub plan: Grid,
    }

    #[event(info, context(Table))]
    pub struct BoardMoveCompleted {
        pub step: u32,
    }

    #[group]
    pub struct Pieces {
        #[field(opaque)]
        pub pieces: Grid,
    }

    #[event(info, wide(Pieces))]
    pub struct BoardTurnCompleted {
        pub turn: u32,
    }
);

fn grid(is_filled: bool) -> Grid {
    is_filled.then_some(((1, 2), 3)).into_iter().collect()
}

fn emitter() -> (Emitter, Recorder, Arc<Mutex<Vec<Incident>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let told = told.clone();
        move |incident: &Incident| told.lock().unwrap().push(incident.clone())
    };
    let recorder = Recorder::new();
    (Emitter::builder().sink(recorder.clone()).on_incident(listener).build(), recorder, told)
}

#[test]
fn an_opaque_field_that_does_not_serialize_is_refused_and_reported() {
    let (emitter, recorder, told) = emitter();
    for is_filled in [true, false, true] {
        emitter.emit(&BoardDrawCompleted { grid: grid(is_filled) });
    }
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused, report.failed(), report.calls()), (1, 2, 0, 3));
    assert!(recorder.lines()[0].ends_with(r#","grid":{}}"#));
    let told = told.lock().unwrap();
    assert_eq!(
        *told,
        [Incident::Refused { event: "board_draw_completed", refusal: Refusal::Unwritable("grid") }]
    );
    assert_eq!(
        told[0].to_string(),
        "event `board_draw_completed` was not written: `Serialize` or `Display` of the value of \
         its field `grid` returned an error; give the field a type that can always be written as \
         JSON (keys of maps must be text, integers or truth values)"
    );

    let mut buffer = emitter.buffer();
    BoardDrawCompleted { grid: grid(true) }.emit_to(&mut buffer);
    assert_eq!((buffer.records().len(), buffer.refused()), (0, 1));
}

#[test]
fn wherever_it_is_nested_the_field_of_the_event_is_named() {
    let none = || BoardDrawFailed {
        number: 1,
        maybe: None,
        present: Presence::Null,
        many: Vec::new(),
        torn: Vec::new(),
    };
    let refused = |event: BoardDrawFailed| {
        let mut out = Encoder::new();
        event.encode_fields(&mut out);
        let line = String::from_utf8(out.bytes().to_vec()).unwrap();
        assert!(!line.contains("sk_live") && !format!("{event:?}").contains("sk_live"), "{line}");
        assert!(
            serde_json::from_str::<serde_json::Value>(&format!("{{{}}}", &line[1..])).is_ok(),
            "{line}"
        );
        out.refusal()
    };
    assert_eq!(refused(none()), None);
    assert_eq!(
        refused(BoardDrawFailed { maybe: Some(Half), ..none() }),
        Some(Refusal::Unwritable("maybe"))
    );
    assert_eq!(
        refused(BoardDrawFailed { present: Half.into(), ..none() }),
        Some(Refusal::Unwritable("present"))
    );
    assert_eq!(
        refused(BoardDrawFailed { many: vec![Half], ..none() }),
        Some(Refusal::Unwritable("many"))
    );
    assert_eq!(
        refused(BoardDrawFailed { torn: vec![Torn], ..none() }),
        Some(Refusal::Unwritable("torn"))
    );
}

#[test]
fn what_is_bound_or_added_refuses_the_events_that_carry_it_and_no_other() {
    let (emitter, recorder, told) = emitter();
    let _here = emitter.enter();
    for is_filled in [true, false] {
        let _bound = Table { plan: grid(is_filled) }.enter();
        BoardMoveCompleted { step: 1 }.emit_to(&mut emitter.clone());
        BoardDrawCompleted { grid: grid(false) }.emit_to(&mut emitter.clone());
    }
    for is_filled in [true, false] {
        let unit = BoardTurnCompleted::unit(|| BoardTurnCompleted { turn: 0 });
        unit.add(&Pieces { pieces: grid(is_filled) });
        unit.flush(BoardTurnCompleted { turn: 1 });
    }
    let report = emitter.report();
    assert_eq!((report.emitted, report.refused), (4, 2));
    assert!(recorder.lines().iter().all(|line| !line.contains("null")), "{:?}", recorder.lines());
    let refused = |event, field| Incident::Refused { event, refusal: Refusal::Unwritable(field) };
    let expected =
        [refused("board_move_completed", "plan"), refused("board_turn_completed", "pieces")];
    assert_eq!(*told.lock().unwrap(), expected);
}
