//! Every name of the prelude, and those of the crates that generated code builds on, means
//! something else here.
#![allow(dead_code, unused_macros, unused_imports)]

/// Not the type that is called so elsewhere.
macro_rules! shadows {
    ($($name:ident)*) => {$(
        #[doc = "Not what is called so elsewhere."]
        #[derive(Clone, Copy)]
        pub struct $name;
    )*};
}

shadows! {
    Result Option Some None Ok Err String Vec Box From Into Default Clone_ Copy_ Debug Display Event Group Level Status
    Encoder Fields ReadError Object Input Shape Emitter Catalog Part Str_ Self_ Iterator ToString AsRef Drop Fn
}

/// Not a crate of Rust's.
pub mod core {
    /// Not Rust's.
    pub mod option {}
    /// Not Rust's.
    pub mod result {}
}
/// Not a crate of Rust's.
pub mod std {}
/// Not a crate of Rust's.
pub mod alloc {}
/// Not event-core.
pub mod event_core {}
/// Not serde.
pub mod serde {}

macro_rules! quote {
    () => {
        compile_error!("somebody else's macro")
    };
}
macro_rules! matches {
    () => {
        compile_error!("somebody else's macro")
    };
}
macro_rules! module_path {
    () => {
        compile_error!("somebody else's macro")
    };
}
macro_rules! file {
    () => {
        compile_error!("somebody else's macro")
    };
}
macro_rules! option_env {
    () => {
        compile_error!("somebody else's macro")
    };
}
pub(crate) use {file, matches, module_path, option_env, quote};

/// Not numbers, nor text.
#[allow(non_camel_case_types)]
mod primitive {
    pub(super) struct usize;
    pub(super) struct u32;
    pub(super) struct str;
}
use self::primitive::{str, u32, usize};

ec::events!(
    /// Names that mean something else.
    #[domain(crate = ::ec, context(Caller), owner = "hygiene")]
    pub enum Shadowed {
        /// Whatever.
        Read,
        /// Alone.
        Alone,
    }

    /// Words of this block.
    #[statuses]
    pub enum ShadowedStatus {
        /// Seen.
        #[status(neutral)]
        Seen,
    }

    /// Text in all forms.
    #[event(level = match code { 0 => info, 1..=9 => warning, _ => error }, version = 2, upcast = auto, skip_none, sample = 1 / 2, sample_errors, limit = "9/h", limit_errors, deduplicate(order_id, code))]
    pub struct ShadowedReadFailed<'a> {
        /// The one.
        #[entity]
        pub order_id: ec::Str<'a>,
        /// A code.
        #[field(default)]
        pub code: u16,
        /// A text.
        pub reason: ::core::option::Option<ec::Str<'a>>,
        /// A list.
        pub tags: ::std::vec::Vec<::std::string::String>,
        /// Masked.
        #[sensitive(email)]
        pub email: ::core::option::Option<ec::Str<'a>>,
        /// Left out.
        #[sensitive(drop)]
        pub password: ::core::option::Option<::std::string::String>,
        /// How.
        pub how: How,
        /// Where.
        #[group]
        pub place: Place<'a>,
        /// How long.
        #[elapsed]
        pub duration_ms: f64,
        /// What changed.
        #[transition]
        pub state: ec::Change<bool>,
    }

    /// The first version.
    #[event(error)]
    pub struct ShadowedReadFailedV1<'a> {
        /// The one.
        #[entity]
        pub order_id: ec::Str<'a>,
        /// A list.
        pub tags: ::std::vec::Vec<::std::string::String>,
        /// How.
        pub how: How,
        /// Where.
        #[group]
        pub place: Place<'a>,
        /// How long.
        #[elapsed]
        pub duration_ms: f64,
        /// What changed.
        #[transition]
        pub state: ec::Change<bool>,
    }

    /// Reading begins.
    #[event(info)]
    pub struct ShadowedReadStarted<'a> {
        /// The one.
        #[entity]
        pub order_id: ec::Str<'a>,
    }

    /// It was read.
    #[event(info, wide(Extra, super::within::Aside<'_>))]
    pub struct ShadowedReadCompleted<'a, 'b> {
        /// The one.
        #[entity]
        pub order_id: ec::Str<'a>,
        /// By whom.
        pub reader: ec::Str<'b>,
        /// How long.
        #[elapsed]
        #[cfg(all())]
        pub duration_ms: f64,
    }

    /// By truth.
    #[event(level = if expected { info } else { error })]
    pub struct ShadowedReadSeen {
        /// Whether it was.
        pub expected: bool,
    }

    /// By text.
    #[event(level = match kind { "a" => info, _ => error }, replaced_by = ShadowedReadSeen)]
    pub struct ShadowedReadRejected<'a> {
        /// Which.
        pub kind: ec::Str<'a>,
        /// Foreign.
        #[field(opaque)]
        pub foreign: crate::Foreign,
    }

    /// A type with a name that generated code has had.
    #[value]
    pub enum __Value {
        /// So.
        So,
        /// Not so.
        NotSo,
    }

    /// By a variant, and by steps.
    #[event(level = match value { So => info, NotSo => error })]
    pub struct ShadowedReadFinished {
        /// Which.
        pub value: __Value,
        /// What changed.
        #[transition(So -> NotSo)]
        pub step: ec::Change<__Value>,
    }

    /// Where it was.
    #[group]
    pub struct Place<'a> {
        /// The country.
        pub country: ec::Str<'a>,
    }

    /// What came of it.
    #[group]
    pub struct Extra<'c, 'd> {
        /// This.
        pub this: ec::Str<'c>,
        /// That.
        pub that: ec::Str<'d>,
    }

    /// Who it was.
    #[group(context)]
    pub struct Caller {
        /// The caller.
        pub caller: ::std::string::String,
    }

    /// How it was.
    #[value(tag = "type", rename_all = "snake_case")]
    #[derive(::core::clone::Clone, ::core::default::Default)]
    pub enum How {
        /// So.
        #[default]
        So,
        /// Otherwise.
        Otherwise {
            /// Why.
            why: ::std::string::String,
        },
    }
);

/// A free event.
#[derive(ec::DomainEvent)]
#[event(error, domain = Shadowed, crate = ::ec)]
pub struct ShadowedAloneFailed<'a> {
    /// The one.
    pub order_id: ec::Str<'a>,
    /// What.
    pub what: What<'a>,
}

/// A free value.
#[derive(ec::EventValue)]
#[value(crate = ::ec, content = "data", tag = "type")]
pub enum What<'a> {
    /// Nothing.
    Nothing,
    /// A text.
    Text(ec::Str<'a>),
    /// Parts.
    Parts {
        /// Their names.
        names: ::std::vec::Vec<ec::Str<'a>>,
        /// The first of them.
        #[field(skip_none, default)]
        first: ::core::option::Option<u8>,
    },
    /// Whatever else.
    #[value(other)]
    Else,
}

/// A free newtype.
#[derive(ec::EventValue)]
#[value(crate = ::ec)]
pub struct Cents(pub i64);
