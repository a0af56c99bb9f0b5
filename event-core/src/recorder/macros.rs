//! The assertion macros, and how they parse events.

/// Fails unless an event of this type with these values was recorded.
///
/// A field is compared with a value of its type, or with another type that
/// [`Matches`](crate::recorder::Matches) allows: text with text, an optional field with the value
/// itself. A masked field is compared with its masked text. A group's field is written as
/// `group.field`. With `..` at the end, other fields may have any value. Without `..`, every field
/// must be named.
///
/// ```
/// use event_core::{Recorder, Str, assert_emitted, events};
///
/// events!(
///     #[domain]
///     pub enum Payment {
///         Process,
///     }
///
///     #[event(error)]
///     pub struct PaymentProcessFailed<'a> {
///         pub attempt: u32,
///         pub reason: Option<Str<'a>>,
///         #[sensitive(last4)]
///         pub card_number: Option<Str<'a>>,
///         #[group]
///         pub error: Problem<'a>,
///     }
///
///     #[group]
///     pub struct Problem<'a> {
///         pub message: Str<'a>,
///     }
/// );
///
/// # fn main() {
/// let ((), recorder) = Recorder::capture(|| {
///     emit_payment_process_failed(PaymentProcessFailed {
///         attempt: 2,
///         reason: None,
///         card_number: Some("4242424242424242".into()),
///         error: Problem { message: "refused".into() },
///     });
/// });
///
/// assert_emitted!(recorder, PaymentProcessFailed);
/// assert_emitted!(recorder, PaymentProcessFailed { attempt: 2, reason: None, .. });
/// assert_emitted!(recorder, PaymentProcessFailed { card_number: "****4242", error.message: "refused", .. }, times = 1);
/// # }
/// ```
///
/// # Panics
///
/// If no event matches; with `times`, if another number of events matches. The message shows the
/// closest event.
#[macro_export]
macro_rules! assert_emitted {
    ($recorder:expr, $event:path $({ $($fields:tt)* })?, times = $times:expr $(,)?) => {
        $crate::recorder::private::assert_emitted(
            &$recorder,
            &$crate::__expected_event!($event $({ $($fields)* })?),
            ::core::option::Option::Some($times),
        )
    };
    ($recorder:expr, $event:path $({ $($fields:tt)* })? $(,)?) => {
        $crate::recorder::private::assert_emitted(
            &$recorder,
            &$crate::__expected_event!($event $({ $($fields)* })?),
            ::core::option::Option::None,
        )
    };
    ($recorder:expr, $event:path $({ $($fields:tt)* })?, $times:expr $(,)?) => {
        ::core::compile_error!(::core::concat!(
            "the number of events has no name\nhelp: write `times = ",
            ::core::stringify!($times),
            "`"
        ))
    };
    ($($other:tt)*) => { $crate::__no_assertion!($($other)*) };
}

/// Fails if an event of this type with these values was recorded. Write events as in
/// [`assert_emitted!`](crate::assert_emitted).
///
/// ```
/// use event_core::{Recorder, assert_not_emitted, events};
///
/// events!(
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     #[event(info)]
///     pub struct OrderCreated {
///         pub items: u32,
///     }
/// );
///
/// # fn main() {
/// let ((), recorder) = Recorder::capture(|| emit_order_created(OrderCreated { items: 2 }));
/// assert_not_emitted!(recorder, OrderCreated { items: 0 });
/// # }
/// ```
///
/// # Panics
///
/// If an event matches.
#[macro_export]
macro_rules! assert_not_emitted {
    ($recorder:expr, $event:path $({ $($fields:tt)* })? $(,)?) => {
        $crate::recorder::private::assert_not_emitted(&$recorder, &$crate::__expected_event!($event $({ $($fields)* })?))
    };
    ($($other:tt)*) => { $crate::__no_assertion!($($other)*) };
}

/// Fails unless these events were recorded in this order. Other events may be between them, except
/// with `exactly`. Write events as in [`assert_emitted!`](crate::assert_emitted).
///
/// ```
/// use event_core::{Recorder, assert_emitted_in_order, events};
///
/// events!(
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     #[event(info)]
///     pub struct OrderCreated {
///         pub items: u32,
///     }
///
///     #[event(info)]
///     pub struct OrderFinished;
/// );
///
/// # fn main() {
/// let ((), recorder) = Recorder::capture(|| {
///     emit_order_created(OrderCreated { items: 2 });
///     emit_order_created(OrderCreated { items: 3 });
///     emit_order_finished(OrderFinished);
/// });
/// assert_emitted_in_order!(recorder, [OrderCreated { items: 2 }, OrderFinished]);
/// assert_emitted_in_order!(recorder, exactly [OrderCreated, OrderCreated { items: 3 }, OrderFinished]);
/// # }
/// ```
///
/// # Panics
///
/// If the events were not recorded in this order. The message names the missing event, and shows
/// the closest event.
#[macro_export]
macro_rules! assert_emitted_in_order {
    ($recorder:expr, exactly [$($event:path $({ $($fields:tt)* })?),* $(,)?] $(,)?) => {
        $crate::recorder::private::assert_emitted_in_order(
            &$recorder,
            &[$($crate::__expected_event!($event $({ $($fields)* })?)),*],
            true,
        )
    };
    ($recorder:expr, [$($event:path $({ $($fields:tt)* })?),* $(,)?] $(,)?) => {
        $crate::recorder::private::assert_emitted_in_order(
            &$recorder,
            &[$($crate::__expected_event!($event $({ $($fields)* })?)),*],
            false,
        )
    };
}

/// Fails unless the recorded lines equal the lines of a file. The path is relative to the package's
/// directory. Use [`Recorder::golden`](crate::Recorder::golden), whose lines are the same in each
/// run.
///
/// With the environment variable `UPDATE_GOLDEN=1` the macro writes the file instead, unless `CI`
/// is set.
///
/// ```no_run
/// use event_core::{Recorder, assert_golden};
///
/// let recorder = Recorder::golden();
/// let bound = recorder.enter();
/// // .. what is tested ..
/// drop(bound);
/// assert_golden!(recorder, "tests/golden/checkout.ndjson");
/// ```
///
/// # Panics
///
/// If the file does not exist, has other lines, or cannot be read or written.
#[macro_export]
macro_rules! assert_golden {
    ($recorder:expr, $file:expr $(,)?) => {
        $crate::recorder::private::assert_golden(
            &$recorder,
            ::core::env!("CARGO_MANIFEST_DIR"),
            $file,
        )
    };
}

/// Reports arguments that are not a recorder and an event.
#[doc(hidden)]
#[macro_export]
macro_rules! __no_assertion {
    ($recorder:expr, $name:literal $($rest:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "an event is named by its type, not by the text ",
            ::core::stringify!($name),
            "\nhelp: write `PaymentProcessFailed`, or `PaymentProcessFailed { reason: \"late\", .. }`"
        ))
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "expected a recorder and an event\nhelp: write `recorder, PaymentProcessFailed { reason: \"late\", .. }`"
        )
    };
}

/// An event with its expected fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __expected_event {
    ($event:path) => {
        $crate::recorder::private::event::<$event>($crate::recorder::private::vec![], false)
    };
    ($event:path { $($fields:tt)* }) => {
        $crate::__expected_fields!($event, [], [], $($fields)*)
    };
}

/// Parses one field after another. The first brackets collect the expectations, the second the
/// names; `@` is a field of a group. `None` and `Some(..)` are parsed as words, so they work for
/// any type.
#[doc(hidden)]
#[macro_export]
macro_rules! __expected_fields {
    ($event:path, [$($expected:tt)*], [$($name:tt)*], ..) => {
        $crate::recorder::private::event::<$event>($crate::recorder::private::vec![$($expected)*], false)
    };
    ($event:path, [$($expected:tt)*], [$($name:ident)*], ) => {{
        const _: () = $crate::recorder::private::assert_whole::<$event>(&[$(::core::stringify!($name)),*]);
        $crate::recorder::private::event::<$event>($crate::recorder::private::vec![$($expected)*], true)
    }};
    ($event:path, [$($expected:tt)*], [$($name:tt)*], ) => {
        ::core::compile_error!("a field of a group is named, but not every other field of the event\nhelp: end with `..`, which ignores the other fields")
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $field:ident : None $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::stringify!($field),
                |event| &event.$field,
            ).has($crate::recorder::private::Absent),],
            [$($name)* $field],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $field:ident : Some($value:expr) $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::stringify!($field),
                |event| &event.$field,
            ).has($crate::recorder::private::Present($value)),],
            [$($name)* $field],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $field:ident : $value:expr $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::stringify!($field),
                |event| &event.$field,
            ).has($value),],
            [$($name)* $field],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $first:ident $(. $next:ident)+ : None $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::concat!(::core::stringify!($first) $(, ".", ::core::stringify!($next))+),
                |event| &event.$first $(.$next)+,
            ).has($crate::recorder::private::Absent),],
            [$($name)* @],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $first:ident $(. $next:ident)+ : Some($value:expr) $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::concat!(::core::stringify!($first) $(, ".", ::core::stringify!($next))+),
                |event| &event.$first $(.$next)+,
            ).has($crate::recorder::private::Present($value)),],
            [$($name)* @],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $first:ident $(. $next:ident)+ : $value:expr $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::concat!(::core::stringify!($first) $(, ".", ::core::stringify!($next))+),
                |event| &event.$first $(.$next)+,
            ).has($value),],
            [$($name)* @],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $field:ident $(, $($rest:tt)*)?) => {
        $crate::__expected_fields!(
            $event,
            [$($expected)* $crate::recorder::private::field::<$event, _>(
                ::core::stringify!($field),
                |event| &event.$field,
            ).has($field),],
            [$($name)* $field],
            $($($rest)*)?
        )
    };
    ($event:path, [$($expected:tt)*], [$($name:tt)*], $($rest:tt)*) => {
        ::core::compile_error!(::core::concat!(
            "expected `field: value` or `..`, found `",
            ::core::stringify!($($rest)*),
            "`\nhelp: write the expected value, or `matching(|value| ..)` for a condition"
        ))
    };
}
