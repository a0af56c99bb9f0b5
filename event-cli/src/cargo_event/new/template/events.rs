//! The events of shop. One module is one domain.

pub mod payment;

event_core::catalog!(
    /// Everything that shop emits.
    pub enum ShopEvent {
        Payment(payment::Payment),
    }
);
