//! Events whose values do what they must not, when the test says so.

use event_core::mask::{Mask, MaskWriter};
use event_core::meta::shape::Shape;
use event_core::read::{Input, ReadError};
use event_core::value::Encoder;
use event_core::{EventValue, events};
use std::cell::Cell;
use std::fmt;
use std::panic::resume_unwind;

/// What goes wrong in an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    None,
    Display,
    Serialize,
    Value,
    Mask,
    Level,
    /// A value emits the event that it is in.
    Nested,
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::None) };
}

/// Calls `emit` while the values of this thread have the fault.
pub(crate) fn faulty<T>(fault: Fault, emit: impl FnOnce() -> T) -> T {
    FAULT.set(fault);
    let done = emit();
    FAULT.set(Fault::None);
    done
}

/// A payload that panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        resume_unwind(Box::new("the payload"));
    }
}

/// Panics without the words of `panic!`.
pub(crate) fn blow_up() -> ! {
    resume_unwind(Box::new(Bomb))
}

fn blow_up_at(fault: Fault) {
    if FAULT.get() == fault {
        blow_up();
    }
}

/// An error that panics when it is shown, or dropped.
#[derive(Debug)]
pub(crate) struct Explosive(pub(crate) &'static str);

impl fmt::Display for Explosive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == "Display" {
            blow_up();
        }
        f.write_str(self.0)
    }
}

impl std::error::Error for Explosive {}

impl Drop for Explosive {
    fn drop(&mut self) {
        if self.0 == "Error::drop" {
            blow_up();
        }
    }
}

pub struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half")?;
        blow_up_at(Fault::Display);
        Ok(())
    }
}

impl EventValue for Shown {
    const SHAPE: &'static Shape = <String as EventValue>::SHAPE;

    fn encode(&self, out: &mut Encoder) {
        out.display(self);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        String::read(input).map(|_| Self)
    }
}

pub struct Own;

impl EventValue for Own {
    const SHAPE: &'static Shape = <u8 as EventValue>::SHAPE;

    fn encode(&self, out: &mut Encoder) {
        if FAULT.get() == Fault::Nested {
            emit_part_step_completed(part());
        }
        out.nested(|out| {
            if FAULT.get() == Fault::Value {
                out.json("[{\"half\":");
            }
            blow_up_at(Fault::Value);
            1_u8.encode(out);
        });
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        u8::read(input).map(|_| Self)
    }
}

#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct Foreign {
    pub inner: u8,
}

impl serde::Serialize for Foreign {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        blow_up_at(Fault::Serialize);
        std::collections::BTreeMap::from([("inner", self.inner)]).serialize(serializer)
    }
}

/// A field that a level rule asks.
pub struct Kind;

impl AsRef<str> for Kind {
    #[allow(clippy::unnecessary_literal_bound, reason = "the trait's signature")]
    fn as_ref(&self) -> &str {
        blow_up_at(Fault::Level);
        "loud"
    }
}

impl EventValue for Kind {
    const SHAPE: &'static Shape = <String as EventValue>::SHAPE;

    fn encode(&self, out: &mut Encoder) {
        "loud".to_owned().encode(out);
    }

    fn read(input: Input<'_>) -> Result<Self, ReadError> {
        String::read(input).map(|_| Self)
    }
}

pub enum Careless {}

impl Mask for Careless {
    fn write(_: &str, out: &mut MaskWriter<'_>) {
        out.show("half");
        blow_up_at(Fault::Mask);
    }
}

pub(crate) fn part() -> PartStepCompleted {
    PartStepCompleted {
        shown: Shown,
        inner: Own,
        foreign: Foreign { inner: 1 },
        hidden: "x".to_owned(),
    }
}

events! {
    #[domain]
    pub enum Part {
        Step,
        Bound,
        Wide,
        Sampled,
        Limited,
    }

    #[group(context)]
    pub struct PartGroup {
        pub inner: Own,
    }

    #[event(info)]
    pub struct PartStepCompleted {
        pub shown: Shown,
        pub inner: Own,
        #[field(opaque)]
        pub foreign: Foreign,
        #[sensitive(custom = Careless)]
        pub hidden: String,
    }

    #[event(level = match self.kind { "loud" => error, _ => info })]
    pub struct PartStepFailed {
        pub kind: Kind,
    }

    #[event(debug)]
    pub struct PartStepDelayed;

    #[event(info)]
    pub struct PartStepResumed {
        #[field(finite)]
        pub share: f64,
    }

    #[event(info, context(PartGroup))]
    pub struct PartBoundCompleted;

    #[event(info)]
    pub struct PartWideStarted;

    #[event(error)]
    pub struct PartWideFailed;

    #[event(info, wide(PartGroup))]
    pub struct PartWideCompleted;

    #[event(info, sample = 1 / 2)]
    pub struct PartSampledCompleted;

    #[event(info, limit = "5/s")]
    pub struct PartLimitedCompleted;
}
