//! Relays by name, and how long a lease lasts.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;
use std::{env, fs};

/// The name of a relay, and how long the lease of a cursor lasts.
///
/// Two relays may have one name. A relay that starts takes the lease from another of its name at
/// once, and the other one is in standby: a relay that was killed does not wait for its own lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    relay: String,
    /// The name, a space and [`DIGITS`] digits that no other relay has.
    owner: String,
    lasts: Duration,
}

/// Digits of a random number, so that a relay knows its own lease from one of the same name.
const DIGITS: usize = 16;

impl Lease {
    /// The shortest and the longest time for which a lease lasts.
    pub const SHORTEST: Duration = Duration::from_secs(1);
    /// See [`Lease::SHORTEST`].
    pub const LONGEST: Duration = Duration::from_secs(300);

    /// How long a lease lasts, unless another time is asked for.
    pub const DEFAULT: Duration = Duration::from_secs(10);

    /// The lease of a relay with this name. It lasts for [`Lease::DEFAULT`] after each time that it
    /// is renewed.
    pub fn new(relay: impl Into<String>) -> Self {
        let relay = relay.into();
        // The standard library's hash keys are random.
        let random = RandomState::new().hash_one(std::process::id());
        let owner = format!("{relay} {random:0DIGITS$x}");
        Self { relay, owner, lasts: Self::DEFAULT }
    }

    /// Another time for which the lease lasts, within [`Lease::SHORTEST`] and [`Lease::LONGEST`].
    #[must_use]
    pub fn lasting(self, lasts: Duration) -> Self {
        Self { lasts: lasts.clamp(Self::SHORTEST, Self::LONGEST), ..self }
    }

    /// The name of the relay.
    pub fn relay(&self) -> &str {
        &self.relay
    }

    /// How long the lease lasts after it was renewed.
    pub const fn lasts(&self) -> Duration {
        self.lasts
    }

    /// What the table has as its owner.
    pub(super) fn owner(&self) -> &str {
        &self.owner
    }

    /// Whether this relay may take the lease from an owner before it ends. `is_first`: this relay
    /// asks for the first time.
    pub(super) fn may_replace(&self, owner: &str, is_first: bool) -> bool {
        owner == self.owner || (is_first && relay_of(owner) == self.relay)
    }
}

/// The name in the owner of a lease.
pub(super) fn relay_of(owner: &str) -> &str {
    let is_digits = |digits: &str| {
        digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    owner.rsplit_once(' ').filter(|(_, digits)| is_digits(digits)).map_or(owner, |(relay, _)| relay)
}

/// A relay that has the lease of a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The name of the relay.
    pub relay: String,
    /// How long its lease lasts if it is not renewed.
    pub lasts: Duration,
}

/// The lease of a cursor, as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaseState {
    /// A relay has it.
    Held(Holder),
    /// A relay had it, and did not release it: it was killed, or is cut off from the database.
    Ended {
        /// The name of the relay.
        relay: String,
        /// How long ago it ended.
        ago: Duration,
    },
}

impl LeaseState {
    /// The name of the relay that has it, or had it.
    pub fn relay(&self) -> &str {
        match self {
            Self::Held(holder) => &holder.relay,
            Self::Ended { relay, .. } => relay,
        }
    }
}

impl Holder {
    pub(super) fn new(owner: &str, lasts: Duration) -> Self {
        Self { relay: relay_of(owner).to_owned(), lasts }
    }
}

/// The name of a relay that has none of its own: the name of this machine, and what runs on it.
pub(crate) fn name_on_this_host(program: &str) -> String {
    format!("{}:{program}", host())
}

/// The name of this machine. The standard library has no call for it.
fn host() -> String {
    let files =
        ["/proc/sys/kernel/hostname", "/etc/hostname"].map(|path| fs::read_to_string(path).ok());
    let variables = ["HOSTNAME", "COMPUTERNAME"].map(|name| env::var(name).ok());
    let names = files.into_iter().chain(variables).flatten();
    let mut names = names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    names.next().unwrap_or_else(|| "localhost".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Holder, Lease, host, name_on_this_host};
    use std::time::Duration;

    #[test]
    fn a_relay_replaces_itself_and_at_its_start_its_name() {
        let (relay, again) = (Lease::new("shop:a b"), Lease::new("shop:a b"));
        assert!(relay.may_replace(relay.owner(), false));
        assert!(!again.may_replace(relay.owner(), false), "it would be taken to and fro");
        assert!(again.may_replace(relay.owner(), true));
        let other = Lease::new("shop:a");
        assert!(!other.may_replace(relay.owner(), true));
        assert!(!relay.may_replace(other.owner(), true));
        assert!(!relay.may_replace("", true));
    }

    #[test]
    fn a_holder_is_shown_without_its_digits() {
        let second = Duration::from_secs(1);
        assert_eq!(Holder::new(Lease::new("shop:a b").owner(), second).relay, "shop:a b");
        assert_eq!(Holder::new("by hand", second).relay, "by hand");
    }

    #[test]
    fn a_lease_is_neither_nothing_nor_for_ever() {
        let lasts = |lasts| Lease::new("a").lasting(lasts).lasts();
        assert_eq!(lasts(Duration::ZERO), Lease::SHORTEST);
        assert_eq!(lasts(Duration::MAX), Lease::LONGEST);
    }

    #[test]
    fn this_machine_has_a_name() {
        assert!(!host().is_empty());
        assert_eq!(name_on_this_host("/etc/relay.toml"), host() + ":/etc/relay.toml");
    }
}
