use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(info, sample = 1 / 10)]
    pub struct PaymentProcessCompleted {
        pub sample_rate: f64,
    }
);

fn main() {}
