//! Data that leaves the product.

use event_core::{Str, events};

use crate::context::TenantContext;

events!(
    /// Data that leaves the product in a customer's hands.
    #[domain(owner = "product", optional(action), context(TenantContext))]
    pub enum Data {}

    /// A user took a copy of the tenant's data.
    #[event(info)]
    pub struct DataDownloaded<'a> {
        /// Format of the file.
        #[field(example = "csv")]
        pub format: Str<'a>,
        /// How much was taken.
        #[field(unit = "rows")]
        pub rows: u64,
    }
);
