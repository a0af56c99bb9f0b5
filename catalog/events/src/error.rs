//! Errors, as several domains report them.

use std::{any::type_name, error::Error};

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

impl<E: Error> From<&E> for ErrorDetails<'static> {
    /// The error's type, and the messages of the error and its sources:
    /// `the gateway did not answer: connection reset`.
    fn from(error: &E) -> Self {
        // Without type parameters, and without its module.
        let path = type_name::<E>().split('<').next().unwrap_or_default();
        let name = path.rsplit("::").next().unwrap_or(path);
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            message.push_str(": ");
            message.push_str(&error.to_string());
            source = error.source();
        }
        Self { error_type: Some(name.to_owned().into()), error_message: Some(message.into()) }
    }
}
