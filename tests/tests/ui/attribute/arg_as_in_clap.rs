use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[arg(short, long)]
        pub amount: i64,
    }
);

fn main() {}
