use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub amount: i64,
    }

    #[event(info)]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn amount(event: &PaymentEvent) -> i64 {
    match event {
        PaymentEvent::ProcessCompleted(event) => event.amount,
    }
}

fn main() {}
