//! Errors, as several domains report them.

use event_core::{Str, events};

events!(
    /// What went wrong, in the words of the code that noticed.
    #[group(skip_none)]
    pub struct ErrorDetails<'a> {
        /// The kind of error, as the program names it.
        #[field(example = "GatewayTimeout")]
        pub error_type: Option<Str<'a>>,
        /// What it says about itself.
        pub error_message: Option<Str<'a>>,
    }
);
