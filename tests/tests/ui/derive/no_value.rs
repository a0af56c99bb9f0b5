use cross_crate::Payment;
use event_core::DomainEvent;

pub struct Money(i64);

#[derive(DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentProcessFailed {
    pub amount: Money,
}

fn main() {}
