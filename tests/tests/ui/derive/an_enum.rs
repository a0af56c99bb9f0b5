use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = cross_crate::Payment)]
pub enum PaymentProcessFailed {
    Declined,
}

fn main() {}
