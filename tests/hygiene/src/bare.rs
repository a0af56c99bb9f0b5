//! No prelude at all.
#![no_implicit_prelude]

::ec::events!(
    /// Names that mean nothing here.
    #[domain(crate = ::ec)]
    pub enum Bare {
        /// Whatever.
        Read,
    }

    /// It failed.
    #[event(level = match kind { "a" => info, _ => error }, skip_none)]
    pub struct BareReadFailed<'a> {
        /// Which.
        pub kind: ::ec::Str<'a>,
        /// A text.
        #[sensitive(custom = crate::Silent)]
        pub secret: ::core::option::Option<::std::string::String>,
        /// A number.
        #[field(default)]
        pub amount: u32,
        /// A value.
        pub amounts: Amounts,
    }

    /// Reading begins.
    #[event(info)]
    pub struct BareReadStarted<'a> {
        /// Which.
        pub kind: ::ec::Str<'a>,
    }

    /// It was read.
    #[event(info)]
    pub struct BareReadCompleted;

    /// It was given up.
    #[event(warning)]
    pub struct BareReadCancelled {
        /// How long it took.
        #[elapsed]
        pub took_us: ::core::option::Option<u64>,
    }

    /// Numbers.
    #[value(default)]
    #[derive(::core::default::Default)]
    pub struct Amounts {
        /// One.
        pub one: u8,
        /// Two.
        pub two: ::core::option::Option<u8>,
        /// Not NaN.
        #[field(finite)]
        pub ratio: ::core::option::Option<f64>,
    }
);

/// Emits and reads, by the generated names alone.
pub fn play() {
    emit_bare_read_completed(BareReadCompleted);
    let event = BareReadFailed {
        kind: ::ec::Str::from_static("a"),
        secret: ::core::option::Option::None,
        amount: 1,
        amounts: <Amounts as ::core::default::Default>::default(),
    };
    emit_bare_read_failed(event);
    let started = BareReadStarted { kind: ::ec::Str::from_static("a") };
    let operation =
        ::ec::Begins::start(started, |_| BareReadCancelled { took_us: ::ec::unit::elapsed() });
    operation.finish(BareReadCompleted);
}
