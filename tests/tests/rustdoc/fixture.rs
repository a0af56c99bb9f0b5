//! A shop whose pages are read by a test. Every lint of rustdoc's is on.
#![deny(missing_docs, warnings, rustdoc::all, clippy::pedantic)]

pub use event_core as other_name;

/// What blocks share.
pub mod shared {
    event_core::events!(
        /// What went wrong.
        #[group]
        pub struct ErrorDetails {
            /// The message.
            #[sensitive(redact)]
            pub message: String,
        }
    );
}

mod private {
    event_core::events!(
        /// Who asked: of no page.
        #[group(context)]
        pub(crate) struct RequestContext {
            /// The caller.
            pub caller: String,
        }
    );
}

/// Taking money.
pub mod payment {
    #[allow(unused_imports, reason = "a name that a link could mean")]
    use crate::payment as error;
    use crate::private::RequestContext;
    use crate::shared::ErrorDetails;
    use event_core::Str;

    event_core::events!(
        /// Taking money and giving it back.
        #[domain(owner = "payments | billing", context(RequestContext))]
        pub enum Payment {
            /// Charge.
            Process,
            /// Give back.
            Refund,
            /// Read from a file.
            Import,
        }

        /// The gateway refused the charge.
        #[event(error, version = 2, upcast = auto, alias("payment_failed"), stability = beta, since = "1.4.0", deduplicate(order_id, amount_cents))]
        pub struct PaymentProcessFailed<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
            /// What was to be paid.
            #[field(rename = "amount", unit = "cents", example = 4999, alias("total"))]
            pub amount_cents: i64,
            /// Card used.
            #[sensitive(last4)]
            #[field(example = "42|`42")]
            pub card_number: Option<Str<'a>>,
            /// Where the request came from.
            #[sensitive(clear = "the fraud desk | reads <b> [it] at https://example.com")]
            pub ip: Option<Str<'a>>,
            /// What went wrong.
            #[group]
            pub error: ErrorDetails,
        }

        /// As it was.
        #[event(error, version = 1)]
        pub struct PaymentProcessFailedV1<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
            /// What was to be paid.
            #[field(rename = "amount", unit = "cents")]
            pub amount_cents: i64,
            /// What went wrong.
            #[group]
            pub error: ErrorDetails,
        }

        /// The gateway is asked.
        #[event(info)]
        pub struct PaymentProcessStarted<'a> {
            /// Order being charged.
            #[entity]
            pub order_id: Str<'a>,
        }

        #[allow(missing_docs)]
        #[event(level = match code { 500..=599 => error, 404 => warning, _ => info }, limit = "100/s")]
        pub struct PaymentProcessCompleted {
            #[allow(missing_docs)]
            pub code: u16,
            #[allow(missing_docs)]
            #[elapsed]
            pub duration_ms: u64,
        }

        #[doc = include_str!("refund.md")]
        #[doc = concat!("Once for", " each refund.")]
        #[event(info, sample = 1 / 100)]
        pub struct PaymentRefundCompleted;
    );
}

/// An event outside of a block.
pub mod free {
    use crate::payment::Payment;
    use event_core::DomainEvent;

    /// A file was read.
    #[derive(DomainEvent)]
    #[event(info, domain = Payment, owner = "finance")]
    pub struct PaymentImportCompleted {
        /// How many rows it had.
        #[field(unit = "rows")]
        pub rows: u64,
    }
}

/// A block that finds event-core elsewhere.
pub mod renamed {
    crate::other_name::events!(
        /// What is kept in memory.
        #[domain(optional(action), crate = crate::other_name)]
        pub enum Cache {}

        /// It was there.
        #[event(debug)]
        pub struct CacheHit;
    );
}

/// Docs that end in what the generated page must not become part of.
pub mod ends {
    event_core::events!(
        /// What may happen:
        ///
        /// - it was read
        #[domain(optional(action))]
        pub enum Tail {}

        /// Ends in a table.
        ///
        /// | code |
        /// | ---- |
        /// | 17 |
        #[event(info)]
        pub struct TailSubmitted {
            /// One of:
            ///
            /// 1. the first
            #[field(unit = "rows")]
            pub rows: u64,
        }

        /// Ends within code.
        ///
        /// ```text
        /// a line
        #[event(info)]
        pub struct TailAccepted;

        /// Ends within `code
        #[event(info)]
        pub struct TailCompleted;
    );
}

event_core::catalog!(
    /// Everything that the shop emits.
    pub enum ShopEvent {
        /// Money.
        Payment(payment::Payment),
        /// A file.
        Import(free::PaymentImportCompleted),
    }
);

/// A catalog of its own, for the other name.
pub mod other {
    use crate::renamed;

    event_core::catalog!(
        /// The rest.
        #[catalog(crate = crate::other_name)]
        pub enum OtherEvent {
            /// What is kept in memory.
            Cache(renamed::Cache),
        }
    );
}
