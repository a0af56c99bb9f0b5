//! The events of the shop. One module is one domain.

pub mod order;
pub mod payment;

event_core::catalog!(
    /// Everything that the shop emits.
    pub enum ShopEvent {
        Order(order::Order),
        Payment(payment::Payment),
    }
);
