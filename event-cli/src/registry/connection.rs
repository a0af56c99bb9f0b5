//! The address and credentials of a registry, and the error of a run that cannot reach it.

use super::client::{Address, InvalidAddress, RegistryError};
use crate::console::Ending;
use crate::environment::Env;
use crate::finding::Finding;
use event_core::Secret;

/// The registry and its credentials. The command line overrides the URL, and the URL overrides the
/// environment.
pub(super) fn address(
    registry: &Secret<String>,
    user: Option<&Secret<String>>,
    env: &Env,
) -> Result<Address, Ending> {
    let invalid =
        |error: InvalidAddress| Ending::Usage(format!("error: {error}\nhelp: {}", error.help()));
    let address = Address::parse(registry.expose()).map_err(invalid)?;
    match (user, &env.registry_user) {
        (Some(user), _) => address.with_user(user.expose()).map_err(invalid),
        (None, Some(user)) if !address.has_user() => {
            address.with_user(user.expose()).map_err(invalid)
        }
        _ => Ok(address),
    }
}

/// The error of a run whose request failed. `more` is further help.
pub(super) fn failure(error: &RegistryError, more: Option<String>) -> Ending {
    let failure = Finding::error("EV0502", error.to_string());
    let help: Vec<String> = error.help().map(str::to_owned).into_iter().chain(more).collect();
    if help.is_empty() { failure.into() } else { failure.help(help.join("; ")).into() }
}
