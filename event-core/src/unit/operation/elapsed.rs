//! Fields marked `#[elapsed]`: a time that is known at the end, as a number in some unit.

use event_grammar::TimeUnit;
use std::time::Duration;

/// The placeholder for an `#[elapsed]` field until the operation ends and sets it: zero, or `None`.
///
/// ```
/// use event_core::unit::elapsed;
///
/// assert_eq!(elapsed::<u64>(), 0);
/// assert_eq!(elapsed::<Option<f64>>(), None);
/// ```
#[must_use]
pub fn elapsed<T: Elapsed>() -> T {
    T::PLACEHOLDER
}

/// A number that can hold an elapsed time.
///
/// The field gives the unit: by `#[field(unit = "ms")]`, or by the end of its name. Integers hold
/// whole units, rounded down, and their largest value if the time does not fit. Floating-point
/// numbers also hold fractions of a unit.
///
/// ```
/// use event_core::unit::{Elapsed, TimeUnit};
/// use std::time::Duration;
///
/// let took = Duration::from_micros(1_500);
/// assert_eq!(u64::from_elapsed(took, TimeUnit::Milliseconds), 1);
/// assert_eq!(f64::from_elapsed(took, TimeUnit::Milliseconds), 1.5);
/// assert_eq!(u8::from_elapsed(took, TimeUnit::Microseconds), u8::MAX);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold an elapsed time",
    label = "not a number that time is counted in",
    note = "write `u64` or `f64`, or an `Option` of one"
)]
pub trait Elapsed: Sized {
    /// The field's value while the time is not known.
    const PLACEHOLDER: Self;

    /// `elapsed`, counted in `unit`.
    fn from_elapsed(elapsed: Duration, unit: TimeUnit) -> Self;
}

macro_rules! integers {
    ($($int:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Elapsed for $int {
            const PLACEHOLDER: Self = 0;

            fn from_elapsed(elapsed: Duration, unit: TimeUnit) -> Self {
                Self::try_from(elapsed.as_nanos() / u128::from(unit.nanoseconds())).unwrap_or(Self::MAX)
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

#[diagnostic::do_not_recommend]
impl Elapsed for f64 {
    const PLACEHOLDER: Self = 0.0;

    // Nanoseconds are divided once, so that 1.234 ms is written as 1.234. A product of seconds
    // would be rounded twice.
    #[allow(clippy::cast_precision_loss, reason = "exact for the first hundred days")]
    fn from_elapsed(elapsed: Duration, unit: TimeUnit) -> Self {
        elapsed.as_nanos() as Self / Self::from(unit.nanoseconds())
    }
}

#[diagnostic::do_not_recommend]
impl Elapsed for f32 {
    const PLACEHOLDER: Self = 0.0;

    #[allow(clippy::cast_possible_truncation, reason = "the nearest there is")]
    fn from_elapsed(elapsed: Duration, unit: TimeUnit) -> Self {
        f64::from_elapsed(elapsed, unit) as Self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Elapsed> Elapsed for Option<T> {
    const PLACEHOLDER: Self = None;

    fn from_elapsed(elapsed: Duration, unit: TimeUnit) -> Self {
        Some(T::from_elapsed(elapsed, unit))
    }
}
