//! The events of the shop. One module is one domain; those of requests come from event-tower.

pub mod order;
pub mod payment;

event_core::catalog!(
    /// Everything that the shop emits.
    pub enum ShopEvent {
        Order(order::Order),
        Payment(payment::Payment),
        Request(event_tower::request::Request),
        Streaming(event_tower::streaming::Streaming),
    }
);
