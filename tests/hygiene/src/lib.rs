//! Declarations where the names that generated code could mean are somebody else's.
//!
//! It compiles without a warning, or the macros are wrong. There is no `event_core` in this
//! package: it is called `ec`.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    single_use_lifetimes,
    elided_lifetimes_in_paths
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(clippy::unwrap_used, clippy::print_stdout)]

pub mod bare;
pub mod shadowed;
pub mod within;

/// A type with serde's traits only.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Foreign {
    /// A number.
    pub number: u32,
}

/// A mask that shows nothing at all.
pub enum Silent {}

impl ec::mask::Mask for Silent {
    fn write(_: &str, _: &mut ec::mask::MaskWriter<'_>) {}
}

ec::catalog!(
    /// Everything of this package.
    #[catalog(crate = ::ec)]
    pub enum Everything {
        /// Declared without a prelude.
        Bare(bare::Bare),
        /// Declared where the prelude's names are shadowed.
        Shadowed(shadowed::Shadowed),
        /// Declared within a function's module.
        Within(within::Within),
        /// Declared on its own.
        Free(shadowed::ShadowedAloneFailed<'static>),
    }
);
