use event_core::events;

pub struct Invoice;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, replaced_by = Invoice)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
