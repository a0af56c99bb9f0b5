use cross_crate::Payment as Money;
use event_core::DomainEvent;

#[derive(DomainEvent)]
#[event(error, domain = Money)]
pub struct MoneyProcessFailed {
    pub amount: i64,
}

fn main() {}
