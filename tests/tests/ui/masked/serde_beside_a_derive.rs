use cross_crate::Payment;
use event_core::DomainEvent;

#[derive(serde::Serialize, DomainEvent)]
#[event(error, domain = Payment)]
pub struct PaymentProcessFailed {
    #[sensitive(last4)]
    pub card_number: String,
}

fn main() {}
