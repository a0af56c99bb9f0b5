//! The traits that declarations implement: events, groups, versions.

use crate::context::NotUpdated;
use crate::decode::DecodeError;
use crate::emit::{Call, EventSink, Gate};
use crate::encode::{Encoder, Fields};
use crate::isolation;
use crate::meta::{EventMeta, FieldMeta, GroupMeta, Member, Role};
use crate::read::{Object, ReadError};
use crate::value::EventValue;
use event_grammar::Level;
use std::time::Duration;

/// One version of a declared event.
///
/// `events!` and `#[derive(DomainEvent)]` implement it; there is no other way to have a name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declared event",
    label = "not an event",
    note = "declare it in an `events!` block, or add `#[derive(DomainEvent)]` to it; names are \
            declared, never computed"
)]
pub trait Event: Fields + Sized {
    /// What the declaration says.
    const META: &'static EventMeta;

    /// The name, as written in log lines: domain, action and status, joined by `_`.
    const NAME: &'static str = Self::META.name.snake;

    /// The name, as written on the wire: domain, action and status, joined by `.`.
    const EVENT_TYPE: &'static str = Self::META.name.dotted;

    /// The version.
    const VERSION: u32 = Self::META.version;

    /// The level of this one: fixed, or by the declared rule.
    #[inline]
    fn level(&self) -> Level {
        Self::META.level.fixed()
    }

    /// Reads the event's fields and leaves what it does not know.
    ///
    /// # Errors
    ///
    /// When a field is missing or not of its form.
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError>;

    /// Reads a flat line or an envelope of this event, by any of its names, without a catalog.
    /// Older versions are upcast where the event's block has them. Unknown keys are ignored.
    ///
    /// ```
    /// use event_core::{Event, events};
    ///
    /// events!(
    ///     #[domain]
    ///     pub enum Payment { Process }
    ///
    ///     #[event(info, alias("payment_made"))]
    ///     pub struct PaymentProcessCompleted {
    ///         pub amount_cents: i64,
    ///     }
    /// );
    ///
    /// # fn main() {
    /// let line = r#"{"event":"payment_made","version":1,"amount_cents":4999}"#;
    /// assert_eq!(PaymentProcessCompleted::decode(line).unwrap().amount_cents, 4_999);
    ///
    /// let other = r#"{"event_type":"order.pack.completed","event_version":2,"payload":{}}"#;
    /// assert_eq!(
    ///     PaymentProcessCompleted::decode(other).unwrap_err().to_string(),
    ///     "the record is event `order.pack.completed` v2, expected `payment_process_completed` v1",
    /// );
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not a record, is another event, or is not as declared.
    fn decode(text: &str) -> Result<Self, DecodeError> {
        crate::decode::decode_one(text)
    }

    /// Reads the event's own fields from the JSON object that holds them and no header: the body of
    /// a webhook, the payload of an envelope. Unknown keys are ignored.
    ///
    /// ```
    /// use event_core::{Event, events};
    ///
    /// events!(
    ///     #[domain]
    ///     pub enum Payment { Process }
    ///
    ///     #[event(info)]
    ///     pub struct PaymentProcessCompleted {
    ///         pub amount_cents: i64,
    ///     }
    /// );
    ///
    /// # fn main() {
    /// let event = PaymentProcessCompleted::decode_payload(r#"{"amount_cents":4999.0,"livemode":true}"#).unwrap();
    /// assert_eq!(event.amount_cents, 4_999);
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not a JSON object, or a field is missing or not of its form.
    fn decode_payload(json: &str) -> Result<Self, ReadError> {
        Self::read(&mut Object::parse(json)?)
    }

    /// The versions that are read as this type, the oldest first.
    #[doc(hidden)]
    const READS: &'static [&'static EventMeta] = &[Self::META];

    /// Reads the fields of one of these versions; `None` if it is another.
    #[doc(hidden)]
    fn read_version(version: u32, object: &mut Object<'_>) -> Option<Result<Self, ReadError>> {
        (version == Self::VERSION).then(|| Self::read(object))
    }

    /// Emits the event to `sink`: an emitter, or a [`RecordBuffer`](crate::RecordBuffer).
    fn emit_to<S: EventSink + ?Sized>(&self, sink: &mut S)
    where
        Self: Emit,
    {
        sink.accept(Call::of(self));
    }
}

/// The newest version of an event, and the only one that is emitted. The macros implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that is emitted",
    label = "not the newest version of a declared event",
    note = "declare it in an `events!` block, or add `#[derive(DomainEvent)]` to it; names are \
            declared, never computed",
    note = "an older version is read, not emitted: write the newest, whose name has no version in \
            it"
)]
pub trait Emit: Event {
    /// What decides whether it is emitted at its level, and has the event's mark.
    #[doc(hidden)]
    fn gate() -> &'static Gate;

    /// Fills in the fields marked `#[elapsed]`, those of groups excepted. An operation that ends
    /// calls it.
    fn set_elapsed(&mut self, elapsed: Duration) {
        let _ = elapsed;
    }

    /// Emits the event, as its `emit_*` function does.
    #[inline]
    fn emit(self) {
        let (gate, level) = (Self::gate(), self.level());
        if gate.may_pass(level) {
            // Moved behind the check, so that what is not emitted need not even be put together in
            // memory.
            let event = self;
            crate::emit::emit(gate, Self::META, level, &event);
        }
    }
}

/// Fields that several events share: `#[group]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group of fields",
    label = "not declared as a group",
    note = "declare it with `#[group] pub struct .. {{ .. }}` in an `events!` block; without `#[group]` on the field it is one nested value"
)]
pub trait Group: Fields + Sized {
    /// What the declaration says.
    const META: &'static GroupMeta;

    /// A number for the form of its fields: equal forms have equal numbers.
    const FINGERPRINT: u64 = crate::lock::generated::of_group(Self::META);

    /// Evaluated where a locked event has the group and the group changed: it does not compile
    /// where the group breaks what is locked. What the derive generates points at the field that
    /// does.
    #[doc(hidden)]
    const KEPT: () = ();

    /// Reads the group's fields and leaves what it does not know.
    ///
    /// # Errors
    ///
    /// When a field is missing or not of its form.
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError>;

    /// Reads the group's fields; the object keeps the error.
    fn read_group(object: &mut Object<'_>) -> Option<Self> {
        let read = Self::read(object);
        object.keep(read)
    }

    /// Writes the group's members, each with a comma before it.
    fn encode_group(&self, out: &mut Encoder) {
        self.encode_fields(out);
    }
}

/// A group that can be bound as context: `#[group(context)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context group",
    label = "cannot be bound as context",
    note = "declare it with `#[group(context)]`"
)]
pub trait ContextGroup: Group {
    /// What the declaration says.
    const CONTEXT: &'static GroupMeta = Self::META;

    /// The group as it is bound here and now, read back from what was encoded when it was bound:
    /// masked fields are masked. `None` where it is not bound.
    ///
    /// # Errors
    ///
    /// When a masked value does not fit its field's type.
    fn current() -> Option<Result<Self, ReadError>> {
        crate::context::current()
    }

    /// Changes fields of the group where it is bound: what an inner layer has learnt is in every
    /// later event of the scope that bound the group, also behind the inner layer's end.
    ///
    /// The innermost binding is changed in place. It is one, wherever it has been carried: contexts
    /// that were captured, tasks and operations that run in them, and other scopes of the same
    /// [`Binding`](crate::Binding) have the change from their next event on. Two threads may change
    /// two fields at once; of one field the later change holds. A field that `change` leaves alone
    /// stays as it is written, masked fields too.
    ///
    /// ```
    /// use event_core::{ContextGroup, Recorder, Str, events};
    ///
    /// events!(
    ///     #[domain(optional(action))]
    ///     pub enum Request {}
    ///
    ///     #[event(info, context(Caller))]
    ///     pub struct RequestFinished;
    ///
    ///     #[group(context)]
    ///     pub struct Caller<'a> {
    ///         pub request_id: Str<'a>,
    ///         pub user_id: Option<Str<'a>>,
    ///     }
    /// );
    ///
    /// # fn main() -> Result<(), event_core::NotUpdated> {
    /// # let recorder = Recorder::new();
    /// # let recording = recorder.enter();
    /// let _bound = Caller { request_id: "req_1".into(), user_id: None }.enter();
    /// // .. in the layer that checks who calls ..
    /// Caller::update(|caller| caller.user_id = Some("usr_7".into()))?;
    /// // .. and in the outer one, when the request is done ..
    /// emit_request_finished(RequestFinished);
    /// # drop(recording);
    /// # assert!(recorder.lines()[0].ends_with(r#""request_id":"req_1","user_id":"usr_7"}"#));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the group is not bound, or cannot be read back: see [`ContextGroup::current`].
    fn update(change: impl FnOnce(&mut Self)) -> Result<(), NotUpdated> {
        crate::context::update(change)
    }
}

/// The version after `Old`: how stored events of the older version stay readable.
#[diagnostic::on_unimplemented(
    message = "no upcast from `{Old}` to `{Self}`",
    label = "this version cannot be reached from the one before it",
    note = "stored `{Old}` events must stay readable: write `impl UpcastFrom<{Old}> for {Self} {{ fn upcast(old: {Old}) -> Self {{ .. }} }}`",
    note = "if the new version only adds fields that may be missing, say `upcast = auto` in its `#[event(..)]`"
)]
pub trait UpcastFrom<Old: VersionBefore<Self>>: Event {
    /// What `old` is in this version.
    fn upcast(old: Old) -> Self;
}

/// The version of an event that comes right before `New`; implemented by the macros.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the version before `{New}`",
    label = "an upcast goes from one version of an event to the next one of the same event",
    note = "write one step for each version: `impl UpcastFrom<EventV1> for EventV2`, then `impl \
            UpcastFrom<EventV2> for Event`"
)]
pub trait VersionBefore<New>: Event {}

/// A field that a level rule compares with text.
#[diagnostic::on_unimplemented(
    message = "the level rule compares a `{Self}` with text",
    label = "not `AsRef<str>`",
    note = "write numbers for a number: `400..=499 => warning`; for a type of your own, implement \
            `AsRef<str>`"
)]
pub trait LevelText {
    /// The text to compare.
    fn level_text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> LevelText for T {
    /// Empty where the field's own `as_ref` panics: then the rule's level for all other texts
    /// holds.
    fn level_text(&self) -> &str {
        isolation::caught(|| self.as_ref()).unwrap_or_default()
    }
}

/// What `upcast = auto` does with a field whose type changed.
#[diagnostic::on_unimplemented(
    message = "`upcast = auto` cannot turn `{Self}` into `{New}`",
    label = "not `From<{Self}>`",
    note = "take `upcast = auto` away and implement `UpcastFrom` by hand"
)]
pub trait Becomes<New> {
    /// What the old value is in the new version.
    fn becomes(self) -> New;
}

#[diagnostic::do_not_recommend]
impl<Old: Into<New>, New> Becomes<New> for Old {
    fn becomes(self) -> New {
        self.into()
    }
}

/// The state of something before and after what happened to it: the fields `before` and `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change<S> {
    /// The state that was.
    pub before: S,
    /// The state that is.
    pub after: S,
}

impl<S: EventValue> Fields for Change<S> {
    fn encode_fields(&self, out: &mut Encoder) {
        self.before.encode_field(",\"before\":", out);
        self.after.encode_field(",\"after\":", out);
    }
}

#[diagnostic::do_not_recommend]
impl<S: EventValue> Group for Change<S> {
    const META: &'static GroupMeta = &GroupMeta::new(
        "Change",
        module_path!(),
        "The state before and after what happened.",
        &[
            Member::Field(FieldMeta {
                role: Role::Before,
                ..FieldMeta::new("before", "The state that was.", S::SHAPE)
            }),
            Member::Field(FieldMeta {
                role: Role::After,
                ..FieldMeta::new("after", "The state that is.", S::SHAPE)
            }),
        ],
    )
    .unnamed();

    const FINGERPRINT: u64 = crate::lock::of_alike(Self::META, S::FINGERPRINT);

    const KEPT: () = crate::lock::kept::<S>();

    fn read(object: &mut Object<'_>) -> Result<Self, ReadError> {
        Ok(Self { before: object.read("before")?, after: object.read("after")? })
    }
}
