use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub enum PaymentProcess {
        Failed,
        Completed,
    }
);

fn main() {}
