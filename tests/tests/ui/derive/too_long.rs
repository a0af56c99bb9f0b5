use event_core::DomainEvent;

mod payment {
    event_core::events!(
        #[domain]
        pub enum Payment {
            ReconciliationOfProviderStatementsWithLedgerEntries,
        }
    );
}

#[derive(DomainEvent)]
#[event(error, domain = payment::Payment)]
pub struct PaymentReconciliationOfProviderStatementsWithLedgerEntriesFailed {
    pub amount: i64,
}

fn main() {}
