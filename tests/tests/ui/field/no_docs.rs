use event_core::events;

events!(
    /// Taking money.
    #[domain(require(docs))]
    pub enum Payment {
        /// Charge a customer.
        Process,
    }

    /// The charge failed.
    #[event(error)]
    pub struct PaymentProcessFailed {
        pub order_id: String,
    }
);

fn main() {}
