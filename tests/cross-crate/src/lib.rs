//! A block of events in a crate of its own, for the tests that join two crates.

use event_core::events;

events!(
    /// Taking money.
    #[domain]
    pub enum Payment {
        /// Charge a customer.
        Process,
    }

    /// Statuses of this crate.
    #[statuses]
    pub enum PaymentStatus {
        /// The money is set aside.
        #[status(ok)]
        Reserved,
    }

    /// The charge failed.
    #[event(error, alias("charge_failed"))]
    pub struct PaymentProcessFailed {
        /// What was to be paid, in cents.
        pub amount: i64,
    }

    /// The money is set aside.
    #[event(info)]
    pub struct PaymentProcessReserved {
        /// What is set aside, in cents.
        pub amount: i64,
    }

    /// Who asked.
    #[group(context)]
    pub struct Caller {
        /// The caller's name.
        pub caller: String,
    }

    /// Who asked, by address.
    #[group]
    pub struct Peer {
        /// Where the request came from.
        #[sensitive(clear = "the fraud desk reads it")]
        pub peer_ip: String,
    }

    /// How a charge ended.
    #[value(rename_all = "kebab-case")]
    pub enum Outcome {
        /// The money is there.
        Paid,
        /// The bank refused.
        #[value(rename = "no")]
        Refused,
        /// The bank did not answer in time.
        TimedOut,
    }
);
