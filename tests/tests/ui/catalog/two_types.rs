event_core::catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment, cross_crate::PaymentStatus),
    }
);

fn main() {}
