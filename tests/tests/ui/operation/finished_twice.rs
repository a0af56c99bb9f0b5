use event_core::{Begins, events};

events!(
    #[domain]
    pub enum Payment {
        Process,
        Refund,
    }

    #[event(info)]
    pub struct PaymentProcessStarted;
    #[event(info)]
    pub struct PaymentProcessCompleted;
    #[event(error)]
    pub struct PaymentProcessFailed;
    #[event(info)]
    pub struct PaymentRefundCompleted;
);

fn main() {
    let operation = PaymentProcessStarted.start(|_| PaymentProcessFailed);
    operation.finish(PaymentProcessCompleted);
    operation.finish(PaymentProcessCompleted);
}
