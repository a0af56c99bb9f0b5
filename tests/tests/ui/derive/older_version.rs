use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentProcessFailedV1 {
    pub amount: i64,
}

fn main() {}
