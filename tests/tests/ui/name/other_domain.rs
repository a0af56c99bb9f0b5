use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct OrderProcessFailed {
        pub amount: i64,
    }
);

fn main() {}
