use event_core::events;

pub type Maybe<T> = Option<T>;

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        #[sensitive(drop)]
        pub customer: Maybe<String>,
    }
);

fn main() {}
