//! Whether serde writes a type that has masked fields.

use super::text::Text;
use serde::Serialize;
use std::marker::PhantomData;

/// Asks whether `T` is `Serialize`: its own `WRITES` is found before the one of [`NotBySerde`],
/// where its bound holds.
#[derive(Debug)]
pub struct BySerde<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized + Serialize> BySerde<T> {
    /// `T` is `Serialize`.
    pub const WRITES: bool = true;
}

/// The answer for a type that is not `Serialize`.
pub trait NotBySerde {
    /// The type is not `Serialize`.
    const WRITES: bool = false;
}

impl<T: ?Sized> NotBySerde for BySerde<T> {}

/// serde's `Serialize` knows of no masks, so a type with a masked value has none. `masked` says
/// which: "field `email`".
///
/// # Panics
///
/// When it has one, while compiling.
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
                "`; where other code needs the values themselves, declare a second struct for it"
            )
            .as_str()
        );
    }
}
