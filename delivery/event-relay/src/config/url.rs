//! The URL of a target.

use super::input::Refused;
use crate::features::install_with;
use crate::targets::http::{Endpoint, InvalidEndpoint};

/// Where credentials belong.
const AUTH: &str = "remove what is before `@`, and write \
                    `auth = { basic = { user = \"NAME\", password = \"env:NAME\" } }`";

/// Reads the URL of an HTTP target.
pub(super) fn endpoint(text: &str) -> Result<Endpoint, Refused> {
    let help = "write a URL such as `https://billing.internal/events`";
    Endpoint::parse(text).map_err(|invalid| match invalid {
        InvalidEndpoint::User => Refused::new("has a user or a password in it").help(AUTH),
        InvalidEndpoint::Https => {
            Refused::new("is `https`, and this event-relay is built without TLS")
                .help(install_with("https"))
        }
        InvalidEndpoint::Scheme => {
            Refused::new("does not begin with `http://` or `https://`").help(help)
        }
        InvalidEndpoint::Url if text.contains('#') => {
            Refused::new("has a fragment (`#`), which is never sent").help("remove it")
        }
        InvalidEndpoint::Url => {
            Refused::new("is not a URL with a host, and a number as its port").help(help)
        }
    })
}
