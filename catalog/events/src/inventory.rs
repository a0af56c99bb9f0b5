//! What is in stock.

use event_core::{Str, events};

use crate::context::OrderContext;

events!(
    /// What is in stock, and which orders it is set aside for.
    #[domain(owner = "fulfilment", context(OrderContext))]
    pub enum Inventory {
        /// Set an order's items aside.
        Reserve,
    }

    /// An order's items are looked for.
    #[event(info)]
    pub struct InventoryReserveStarted;

    /// An order's items are set aside.
    #[event(info)]
    pub struct InventoryReserveSuccess<'a> {
        /// What to name when the items are fetched, or given up.
        #[field(example = "res_7c40")]
        pub reservation_id: Str<'a>,
    }

    /// An order's items could not be set aside: the order waits or is called off.
    #[event(error)]
    pub struct InventoryReserveFailed<'a> {
        /// What went wrong.
        #[field(example = "out of stock")]
        pub error: Str<'a>,
    }
);
