//! What users do, across the product.

use event_core::{Str, events};
use rust_decimal::Decimal;

events!(
    /// What users do, across the product.
    #[domain(owner = "product", optional(status))]
    pub enum User {
        /// Do something that the product counts.
        Action,
    }

    /// A user did something that has a worth, for experiments and segments.
    #[event(info)]
    pub struct UserAction<'a> {
        /// What was done.
        #[field(example = "purchase")]
        pub action_type: Str<'a>,
        /// Which part of the business it belongs to.
        #[field(example = "commerce")]
        pub category: Str<'a>,
        /// What it is worth, in the shop's own currency.
        pub amount: Decimal,
        /// The group of users that this one counts to.
        #[field(example = "returning")]
        pub user_segment: Str<'a>,
        /// Which variant of the running experiment the user saw.
        #[field(example = "b")]
        pub ab_test_variant: Str<'a>,
    }

    /// A user finished something; what, is a field and never a part of the name.
    #[event(info)]
    pub struct UserActionCompleted<'a> {
        /// What was finished.
        #[field(example = "profile_update")]
        pub action: Str<'a>,
    }
);
