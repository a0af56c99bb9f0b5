//! Parcels.

use event_core::{Str, events};

use crate::context::OrderContext;

events!(
    /// Parcels, until the carrier has them.
    #[domain(owner = "fulfilment", context(OrderContext))]
    pub enum Shipping {
        /// Announce a parcel to the carrier.
        #[action(open_ended = "no published system names a parcel that could not be announced")]
        Create,
    }

    /// A parcel is announced.
    #[event(info)]
    pub struct ShippingCreateStarted;

    /// The carrier expects the parcel.
    #[event(info)]
    pub struct ShippingCreateSuccess<'a> {
        /// What the customer follows the parcel by.
        #[field(example = "1Z999AA10123456784")]
        pub tracking_number: Str<'a>,
    }
);
