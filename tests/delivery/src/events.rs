//! The events of the shop. `events.lock` holds them, so the relay enforces a contract.

use event_core::{Str, catalog, events};

events!(
    /// Orders.
    #[domain(optional(action))]
    pub enum Order {}

    /// An order was placed: it has version 1.
    #[event(info)]
    pub struct OrderCreated<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// How often the order was changed, with this change.
        #[entity_version]
        pub order_version: u64,
        /// Whether the producer intends to commit the transaction of this event.
        pub is_meant: bool,
    }

    /// An order was changed.
    #[event(info)]
    pub struct OrderChanged<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// How often the order was changed, with this change.
        #[entity_version]
        pub order_version: u64,
        /// Whether the producer intends to commit the transaction of this event.
        pub is_meant: bool,
        /// Text, so that an event has the size of a real one.
        pub note: Str<'a>,
    }
);

catalog!(
    /// The events of the shop.
    pub enum ShopEvent {
        Order(Order),
    }
);
