//! Documentation in descriptors, as rustdoc reads it.

use event_core::{Event, events};

events!(
    /**
     * Taking money.
     *
     * And giving it back.
     */
    #[domain(require(docs))]
    pub enum Payment {
        #[doc = concat!("Charge ", "a customer.")]
        Process,
    }

    #[doc = include_str!("documentation/payment_process_failed.md")]
    /// Seen by support.
    #[event(error)]
    pub struct PaymentProcessFailed {
        #[doc = concat!("In ", "cents.")]
        pub amount: i64,
        /** What the gateway said.
         * As it is. */
        pub reason: String,
    }
);

#[test]
fn docs_from_a_file_are_in_the_descriptor() {
    assert_eq!(
        PaymentProcessFailed::META.docs,
        "The gateway refused.\n\nTwice.\n\nSeen by support."
    );
}

#[test]
fn docs_of_fields_and_actions_are_put_together() {
    let docs: Vec<&str> =
        PaymentProcessFailed::META.fields().iter().map(|field| field.docs).collect();
    assert_eq!(docs, ["In cents.", "What the gateway said.\nAs it is."]);
    let domain = <Payment as event_core::event::Block>::BLOCK
        .domain
        .map(|domain| (domain.docs, domain.actions));
    assert_eq!(
        domain,
        Some(("Taking money.\n\nAnd giving it back.", &[("process", "Charge a customer.")][..])),
        "the stars of a comment are no text"
    );
}
