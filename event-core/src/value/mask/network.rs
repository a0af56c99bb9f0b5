//! The mask of IP addresses: the network, not the host.

use super::builtin::REDACTED;
use super::{Mask, MaskWriter};
use std::fmt::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Shows the network of an IP address: `203.0.113.0/24`, `2001:db8:1::/48`; `[redacted]` for any
/// other text.
///
/// # Worst case
///
/// The first 24 bits of an IPv4 address are shown, and the first 48 bits of an IPv6 address. Of an
/// IPv4 address inside an IPv6 address, at most its first 24 bits are shown:
///
/// | form | written as | seen of the IPv4 address |
/// | --- | --- | --- |
/// | mapped, `::ffff:203.0.113.77` | `203.0.113.0/24` | 24 bits |
/// | 6to4, `2002:cb00:714d::1` | `2002:cb00:7100::/40` | 24 bits |
/// | Teredo, `2001:0:cb00:714d::` | `2001:0:cb00::/48` | 16 bits, of the server |
/// | compatible, translated (`::ffff:0:a.b.c.d`) | `::/48` | nothing |
/// | NAT64, `64:ff9b::`, `64:ff9b:1::` | `64:ff9b::/48`, `64:ff9b:1::/48` | nothing |
/// | ISATAP | the /48 | nothing |
/// | 6rd and NAT64 under a prefix of a provider | the /48 | 48 bits less the prefix: 16 under a /32 |
///
/// A provider's own prefix cannot be recognized. If it is shorter than /24, more than 24 bits are
/// shown; [`Redact`](super::Redact) shows nothing.
///
/// An address and its text are written alike. A network is read back as its first address, and
/// written as the same network again.
#[derive(Debug)]
pub enum Ip {}

impl Ip {
    /// The first address of the network that the mask shows, for code that stores an address
    /// instead of its text.
    ///
    /// ```
    /// use event_core::mask::Ip;
    ///
    /// assert_eq!(Ip::network([203, 0, 113, 77].into()).to_string(), "203.0.113.0");
    /// ```
    pub fn network(address: IpAddr) -> IpAddr {
        Network::of(address).address()
    }
}

impl Mask for Ip {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        let network =
            text.trim().parse::<IpAddr>().map(Network::of).ok().or_else(|| Network::parse(text));
        match network {
            // Writing to memory cannot fail.
            Some(network) => drop(write!(out, "{network}")),
            None => out.show(REDACTED),
        }
    }
}

/// The visible part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// The network of an address. A mapped IPv4 address is an IPv4 address.
    pub(super) fn of(address: impl Into<IpAddr>) -> Self {
        match address.into().to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self { address: Ipv4Addr::new(a, b, c, 0).into(), prefix: 24 }
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                // 6to4 (RFC 3056): the IPv4 address is the 32 bits after the prefix, so its /24
                // ends at bit 40.
                let (c, prefix) = if a == 0x2002 { (c & 0xff00, 40) } else { (c, 48) };
                Self { address: Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into(), prefix }
            }
        }
    }

    /// Parses a network. The text must be exactly what the mask writes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, _) = text.split_once('/')?;
        let network = Self::of(address.parse::<IpAddr>().ok()?);
        let mut rest = Rest(text);
        (write!(rest, "{network}").is_ok() && rest.0.is_empty()).then_some(network)
    }

    /// The first address of the network.
    pub(super) fn address(self) -> IpAddr {
        self.address
    }
}

/// The rest of a text during a comparison with formatted output, which allocates no text.
struct Rest<'t>(&'t str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}
