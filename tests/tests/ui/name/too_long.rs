use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        ReconciliationOfProviderStatementsWithLedgerEntries,
    }

    #[event(error)]
    pub struct PaymentReconciliationOfProviderStatementsWithLedgerEntriesFailed {
        pub amount: i64,
    }
);

fn main() {}
