//! Which features are used.

use event_core::{Str, events};

use crate::context::TenantContext;

events!(
    /// Which features are used, by which users.
    #[domain(owner = "product", optional(action), context(TenantContext))]
    pub enum Feature {}

    /// A user opened a feature.
    #[event(info)]
    pub struct FeatureAccessed<'a> {
        /// The feature.
        #[field(example = "export")]
        pub feature: Str<'a>,
    }
);
