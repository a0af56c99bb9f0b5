use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Payment, version = 2, upcast = auto)]
pub struct PaymentProcessFailed {
    pub amount: i64,
}

fn main() {}
