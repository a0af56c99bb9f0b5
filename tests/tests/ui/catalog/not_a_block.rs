pub struct Payment;

event_core::catalog!(
    pub enum ShopEvent {
        Payment(Payment),
    }
);

fn main() {}
