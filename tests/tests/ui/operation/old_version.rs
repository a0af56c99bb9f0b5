use event_core::{Emit, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error, version = 2, upcast = auto)]
    pub struct PaymentProcessFailed;
    #[event(error)]
    pub struct PaymentProcessFailedV1;
);

fn main() {
    Emit::emit(PaymentProcessFailedV1);
}
