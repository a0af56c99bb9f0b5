//! What the cache had and had not.

use event_core::{Str, events};

events!(
    /// What the cache had and had not.
    #[domain(owner = "platform", optional(action))]
    pub enum Cache {}

    /// The cache had it. Frequent, so its emitters may keep one in many.
    #[event(debug, skip_none)]
    pub struct CacheHit<'a> {
        /// What was looked up.
        #[field(example = "product:4711")]
        pub key: Str<'a>,
        /// Whether this hit stands for others that were left out.
        pub sampled: Option<bool>,
        /// The share of hits that are kept, from 0 to 1.
        pub sample_rate: Option<f64>,
    }

    /// The cache did not have it, so the slower source is read.
    #[event(info)]
    pub struct CacheMiss<'a> {
        /// What was looked up.
        #[field(example = "product:4711")]
        pub key: Str<'a>,
    }
);
