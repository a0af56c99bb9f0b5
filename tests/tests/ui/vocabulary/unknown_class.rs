use event_core::events;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[statuses]
    pub enum PaymentStatus {
        #[status(falt)]
        Reserved,
    }

    #[event(info)]
    pub struct PaymentProcessReserved {
        pub amount: i64,
    }
);

fn main() {}
