//! What happens in a session.

use event_core::{Str, Timestamp, events};

events!(
    /// What happens in a session, to learn when and how people use the product.
    #[domain(owner = "product", optional(status))]
    pub enum Session {
        /// Use the product.
        Activity,
    }

    /// A user was active.
    #[event(info)]
    pub struct SessionActivity<'a> {
        /// The session.
        // It counts visits. It cannot be used to sign in: the cookie has another id.
        #[entity]
        #[field(public)]
        pub session_id: Str<'a>,
        /// Whose session it is.
        pub user_id: Str<'a>,
        /// What kind of activity it was.
        #[field(example = "scroll")]
        pub activity_type: Str<'a>,
        /// The page where it happened.
        pub page: Str<'a>,
        /// When it happened, by the user's own clock.
        pub timestamp_iso: Timestamp,
        /// The hour of it there, 0 to 23.
        pub hour_of_day: u8,
        /// The day of it there.
        #[field(example = "monday")]
        pub day_of_week: Str<'a>,
    }
);
