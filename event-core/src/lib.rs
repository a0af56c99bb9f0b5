//! Domain events as compile-time contracts.
//!
//! Declare events in a catalog. A misspelt name, a field that leaks sensitive data, or a breaking
//! change to a locked event does not compile. See the [`events!`] macro for the language.
//!
//! The modules, in the order of an event's life: descriptors ([`meta`], [`Catalog`]), values
//! ([`EventValue`], [`Str`], [`Secret`], [`value`], [`mask`], [`read`]), events ([`Event`],
//! [`Group`], [`event`](mod@event)), context of a scope ([`Context`], [`context`]), records
//! ([`record`]), sinks ([`Sink`], [`sink`]), emission ([`Emitter`], [`emit`]), operations and wide
//! events ([`Begins`], [`Wide`], [`unit`](mod@unit)), and reading ([`decode`], [`UpcastFrom`]). The
//! contract of a locked version is in [`lock`]. Tests record events with `Recorder` and check them
//! with `assert_emitted!`: the feature `test-util`.
//!
#![cfg_attr(
    guide,
    doc = "The guide is in [`_guide`]: how to declare, emit, test and change events, page by page."
)]

// The output of the macros names `::event_core`, also in this crate's own docs and tests.
extern crate self as event_core;

// Not in doctests: a page's programs share declarations, and a test of the repository runs them.
#[cfg(all(doc, guide, not(doctest)))]
pub mod _guide;
pub mod context;
mod contract;
pub mod decode;
pub mod emit;
pub mod event;
mod model;
pub mod record;
#[cfg(feature = "test-util")]
pub mod recorder;
pub mod sink;
pub mod unit;
pub mod value;

pub use context::{Context, ContextGroup, InContext};
pub use contract::lock;
pub use decode::UpcastFrom;
pub use emit::{Emit, Emitter};
pub use event::{Change, Event, Group};
pub use event_grammar::Level;
pub use model::catalog::Catalog;
pub use model::meta;
pub use record::EventId;
#[cfg(feature = "test-util")]
pub use recorder::Recorder;
pub use sink::Sink;
pub use unit::{Begins, Wide};
pub use value::{EventValue, Secret, Str, Timestamp, mask, read};

/// Declares a block of a catalog: one domain, its actions and its events.
///
/// The body is plain Rust items. If you write `events!( .. );`, rustfmt formats it. The macro
/// generates `emit_<name>(..)` for the newest version of each event, and the enum `<Domain>Event`
/// over these versions.
///
/// ```
/// use event_core::{Recorder, Str, events};
///
/// events!(
///     /// Taking money and giving it back.
///     #[domain(owner = "payments")]
///     pub enum Payment {
///         /// Charge a customer for an order.
///         Process,
///     }
///
///     /// The gateway refused the charge.
///     #[event(error)]
///     pub struct PaymentProcessFailed<'a> {
///         /// Order being charged.
///         #[entity]
///         pub order_id: Str<'a>,
///         /// In minor units of the currency.
///         #[field(unit = "cents")]
///         pub amount_cents: i64,
///         /// Card used.
///         #[sensitive(last4)]
///         pub card_number: Option<Str<'a>>,
///     }
/// );
///
/// # fn main() {
/// let recorder = Recorder::new();
/// let scope = recorder.enter();
/// emit_payment_process_failed(PaymentProcessFailed {
///     order_id: "ord_1".into(),
///     amount_cents: 4_999,
///     card_number: Some("4242424242424242".into()),
/// });
/// drop(scope);
///
/// let line = &recorder.lines()[0];
/// assert!(line.starts_with(r#"{"event":"payment_process_failed","version":1,"level":"error","timestamp":""#));
/// assert!(line.ends_with(r#""order_id":"ord_1","amount_cents":4999,"card_number":"****4242"}"#));
/// # }
/// ```
///
/// # What does not build
///
/// Each error is reported at the wrong token and says what to write. These are some of the errors:
/// a name that does not consist of the declared domain, action and status; a field that looks
/// sensitive without a decision; two events with one name; one field name with two types.
///
/// ```compile_fail
/// event_core::events! {
///     #[domain]
///     pub enum Payment { Process }
///
///     #[event(error)]
///     pub struct PaymentProcesFailed {} // unknown action `proces`, did you mean `process`?
/// }
/// # fn main() {}
/// ```
///
/// `docs/declare.md` explains the attributes, and `docs/reference.md` lists their words.
pub use event_macros::events;

/// Joins blocks and free events, from this crate and others, into a catalog.
///
/// It takes an enum whose variants name blocks, by their domain, or free events. It generates the
/// enum over the newest events, with `decode`, and the static `CATALOG` for tools. Conflicts
/// between blocks do not compile.
///
/// ```
/// mod payment {
///     event_core::events! {
///         #[domain]
///         pub enum Payment { Process }
///
///         #[event(info)]
///         pub struct PaymentProcessCompleted {
///             pub amount_cents: i64,
///         }
///     }
/// }
///
/// event_core::catalog! {
///     /// Everything that the shop emits.
///     pub enum ShopEvent {
///         Payment(payment::Payment),
///     }
/// }
///
/// # fn main() {
/// let line = r#"{"event":"payment_process_completed","version":1,"amount_cents":4999}"#;
/// match ShopEvent::decode(line) {
///     Ok(ShopEvent::Payment(payment::PaymentEvent::ProcessCompleted(event))) => assert_eq!(event.amount_cents, 4_999),
///     Err(error) => panic!("{error}"),
/// }
/// assert_eq!(CATALOG.events().count(), 1);
/// # }
/// ```
pub use event_macros::catalog;

/// Declares one event outside of a block, with the same attributes as in a block.
///
/// `domain = ..` names the domain of the event. A catalog joins the event by the event's own type.
///
/// ```
/// # mod payment {
/// #     event_core::events! {
/// #         #[domain]
/// #         pub enum Payment { Process, Import }
/// #     }
/// # }
/// use event_core::{DomainEvent, Event};
///
/// #[derive(DomainEvent)]
/// #[event(info, domain = payment::Payment)]
/// pub struct PaymentImportCompleted {
///     pub rows: u64,
/// }
///
/// # fn main() {
/// assert_eq!(PaymentImportCompleted::EVENT_TYPE, "payment.import.completed");
/// # let _ = PaymentImportCompleted { rows: 1 };
/// # }
/// ```
pub use event_macros::DomainEvent;

/// Makes a struct or an enum usable as a field of an event: schema, encoding and reading from one
/// declaration.
///
/// ```
/// use event_core::value::Encoder;
/// use event_core::EventValue;
///
/// #[derive(EventValue)]
/// #[value(rename_all = "snake_case", tag = "type")]
/// enum Delivery {
///     PickUp,
///     Courier { tracking_number: String },
/// }
///
/// let mut out = Encoder::new();
/// Delivery::Courier { tracking_number: "1Z9".into() }.encode(&mut out);
/// assert_eq!(out.bytes(), br#"{"type":"courier","tracking_number":"1Z9"}"#);
/// # let _ = Delivery::PickUp;
/// ```
pub use event_macros::EventValue;

#[doc(hidden)]
pub mod __private;
