event_core::catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::PaymentEvent),
    }
);

fn main() {}
