//! The traits that declarations implement: events, groups, blocks and versions.

mod block;
mod change;
mod error;
mod found;
mod group;
mod kept;
mod transition;

#[doc(hidden)]
pub use block::EventOf;
pub use block::{AnyEvent, Block, BlockEvent};
pub use change::Change;
#[doc(hidden)]
pub use error::DecodeError;
#[doc(hidden)]
pub use found::Header;
pub(crate) use found::{CONTEXT, Found, PAYLOAD, in_payload};
pub use group::Group;
#[doc(hidden)]
pub use kept::{ask_group, assert_group_kept};
#[doc(hidden)]
pub use transition::{Changed, refuse_step, with_steps};

use crate::model::meta::EventMeta;
use crate::value::encode::Fields;
use crate::value::isolation;
use crate::value::read::{Object, ReadError};
use event_grammar::Level;

/// One version of a declared event.
///
/// `events!` and `#[derive(DomainEvent)]` implement it. There is no other way to define an event's
/// name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declared event",
    label = "not an event",
    note = "declare it in an `events!` block, or add `#[derive(DomainEvent)]` to it; names are \
            declared, never computed"
)]
pub trait Event: Fields + Sized {
    /// The descriptor of the event.
    const META: &'static EventMeta;

    /// The name in log lines: domain, action and status, joined by `_`.
    const NAME: &'static str = Self::META.name.snake;

    /// The name in envelopes: domain, action and status, joined by `.`.
    const EVENT_TYPE: &'static str = Self::META.name.dotted;

    /// The version.
    const VERSION: u32 = Self::META.version;

    /// The level of this event: fixed, or by the declared rule.
    #[inline]
    fn level(&self) -> Level {
        Self::META.level.fixed()
    }

    /// Reads the event's fields and ignores other keys.
    ///
    /// # Errors
    ///
    /// If a field is missing or has the wrong type.
    fn read(object: &mut Object<'_>) -> Result<Self, ReadError>;

    /// Decodes a flat line or an envelope of this event, by any of its names, without a catalog.
    /// Older versions are upcast if the event's block declares them. Unknown keys are ignored.
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
    /// If the text is not a record, is another event, or does not match the declaration.
    fn decode(text: &str) -> Result<Self, DecodeError> {
        found::decode_one(text)
    }

    /// Decodes the event's own fields from a JSON object without a header: the body of a webhook,
    /// the payload of an envelope. Unknown keys are ignored.
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
    /// If the text is not a JSON object, or a field is missing or has the wrong type.
    fn decode_payload(json: &str) -> Result<Self, ReadError> {
        Self::read(&mut Object::parse(json)?)
    }

    /// The versions that are read as this type, the oldest first.
    #[doc(hidden)]
    const READS: &'static [&'static EventMeta] = &[Self::META];

    /// Reads the fields of one of these versions. `None` for another version.
    #[doc(hidden)]
    fn read_version(version: u32, object: &mut Object<'_>) -> Option<Result<Self, ReadError>> {
        (version == Self::VERSION).then(|| Self::read(object))
    }
}

/// The version after `Old`. The conversion keeps stored events of the older version readable.
#[diagnostic::on_unimplemented(
    message = "no upcast from `{Old}` to `{Self}`",
    label = "this version cannot be reached from the one before it",
    note = "stored `{Old}` events must stay readable: write `impl UpcastFrom<{Old}> for {Self} {{ fn upcast(old: {Old}) -> Self {{ .. }} }}`",
    note = "if the new version only adds fields that may be missing, write `upcast = auto` in its `#[event(..)]`"
)]
pub trait UpcastFrom<Old: VersionBefore<Self>>: Event {
    /// Converts an event of the old version.
    fn upcast(old: Old) -> Self;
}

/// The version directly before `New`. The macros implement it.
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
    /// The text. Empty if the field's own `as_ref` panics: then the rule's level for all other
    /// texts applies.
    fn level_text(&self) -> &str {
        isolation::caught(|| self.as_ref()).unwrap_or_default()
    }
}

/// Converts a field whose type changed, for `upcast = auto`.
#[diagnostic::on_unimplemented(
    message = "`upcast = auto` cannot turn `{Self}` into `{New}`",
    label = "not `From<{Self}>`",
    note = "remove `upcast = auto` and implement `UpcastFrom` by hand"
)]
pub trait Becomes<New> {
    /// Converts the old value.
    fn becomes(self) -> New;
}

#[diagnostic::do_not_recommend]
impl<Old: Into<New>, New> Becomes<New> for Old {
    fn becomes(self) -> New {
        self.into()
    }
}
