use event_core::events;

pub struct Iban;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(custom = crate::Iban)]
        pub iban: String,
    }
);

fn main() {}
