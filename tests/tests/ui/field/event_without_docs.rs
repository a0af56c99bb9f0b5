use event_core::events;

events!(
    /// Taking money.
    #[domain(require(docs))]
    pub enum Payment {
        /// Charge a customer.
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        /// The order.
        pub order_id: String,
    }
);

fn main() {}
