use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        #[action(open_ended = "no reader waits for it")]
        Process,
    }

    #[event(info)]
    pub struct PaymentProcessCompleted {
        pub amount: i64,
    }
);

fn main() {}
