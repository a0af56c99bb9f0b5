//! Whether a type with masked fields implements serde's `Serialize`.

use super::text::Text;
use serde::Serialize;
use std::marker::PhantomData;

/// Tells whether `T` is `Serialize`. If `T` is, the inherent `WRITES` is found before the `WRITES`
/// of [`NotBySerde`].
#[derive(Debug)]
pub struct BySerde<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + Serialize> BySerde<T> {
    /// `T` is `Serialize`.
    pub const WRITES: bool = true;
}

/// Gives `WRITES` for a type that is not `Serialize`.
pub trait NotBySerde {
    /// The type is not `Serialize`.
    const WRITES: bool = false;
}

impl<T: ?Sized> NotBySerde for BySerde<T> {}

/// Checks that a type with a masked value is not `Serialize`: serde would write the value unmasked.
/// `masked` names the value in the message: "field `email`".
///
/// # Panics
///
/// If `writes` is true, while compiling.
#[track_caller]
pub const fn assert_not_by_serde(masked: &str, ty: &str, writes: bool) {
    if writes {
        let text = Text::new().and(masked).and(" is masked, but `").and(ty);
        let text = text
            .and("` implements `serde::Serialize`, which writes it unmasked\nhelp: remove `Serialize` from `")
            .and(ty);
        panic!(
            "{}",
            text.and(
                "`; if other code needs the values themselves, declare a second struct for it"
            )
            .as_str()
        );
    }
}
