use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(Debug, DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

fn main() {}
