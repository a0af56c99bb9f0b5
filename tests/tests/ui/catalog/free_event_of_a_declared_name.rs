use event_core::{DomainEvent, catalog};

#[derive(DomainEvent)]
#[event(error, domain = cross_crate::Payment)]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

catalog!(
    pub enum ShopEvent {
        Theirs(cross_crate::Payment),
        Failed(PaymentProcessFailed),
    }
);

fn main() {}
