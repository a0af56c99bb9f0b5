use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Payment)]
pub enum PaymentProcessFailed {
    Declined,
}

fn main() {}
