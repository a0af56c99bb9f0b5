event_core::catalog!(
    pub enum ShopEvent {
        Failed(cross_crate::PaymentProcessFailed),
    }
);

fn main() {}
