//! The masks that every catalog has.

use super::{Mask, MaskWriter};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What stands for a value of which nothing may be shown.
pub const REDACTED: &str = "[redacted]";

/// Shows nothing: `[redacted]`.
#[derive(Debug)]
pub enum Redact {}

/// Shows the first letter and the domain: `a***@example.com`; `***` for what is not an address.
///
/// It is for fields that hold addresses. The domain is what stands after the last `@`, and it is shown where it has the form of a host's name: a password
/// such as `hunter@2correct-horse` in such a field gives that part away. Of any other text with an `@` in it, as of `call me @ my number 555`, the first
/// letter is shown. Where a field may hold more than addresses, [`Redact`] or [`Hash`](super::Hash) is the mask.
#[derive(Debug)]
pub enum Email {}

/// Shows the last four letters or digits: `****4242`; none of them where there are fewer than eight.
#[derive(Debug)]
pub enum Last4 {}

/// Shows a card number as PCI DSS 3.4 allows it to be displayed, the first six digits and the last four: `424242******4242`.
///
/// A card number has 13 to 19 digits, perhaps with spaces and hyphens between them; for anything else, `****` is written. The six and the four are the most that
/// the standard allows, of a number of 13 digits they leave three to be guessed; [`Last4`] shows less.
#[derive(Debug)]
pub enum Card {}

/// Shows the network: `203.0.113.0`, `2001:db8:1::`; `[redacted]` for what is not an address.
#[derive(Debug)]
pub enum Ip {}

impl Mask for Redact {
    fn write(_: &str, out: &mut MaskWriter<'_>) {
        out.show(REDACTED);
    }
}

impl Mask for Email {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        let Some((local, domain)) = text.rsplit_once('@') else { return out.show("***") };
        if let Some(first) = local.chars().next().filter(|first| first.is_alphanumeric()) {
            out.show(first.encode_utf8(&mut [0; 4]));
        }
        out.show("***");
        // A sentence with an `@` in it is not an address; what follows may be anything.
        if is_host(domain) {
            out.show("@");
            out.show(domain);
        }
    }
}

pub(super) fn is_host(text: &str) -> bool {
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.split('.').all(is_label)
}

impl Mask for Last4 {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        const SHOWN: usize = 4;
        out.show("****");
        // From the end: the last four, and whether there are as many again before them.
        let mut last = text.chars().rev().filter(|c| c.is_alphanumeric());
        let shown: [Option<char>; SHOWN] = std::array::from_fn(|_| last.next());
        if last.take(SHOWN).count() == SHOWN {
            for c in shown.iter().rev().flatten() {
                out.show(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

impl Mask for Card {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        /// ISO/IEC 7812-1: 19 at most; no scheme has issued fewer than 13.
        const LEAST: usize = 13;
        const MOST: usize = 19;
        const FIRST: usize = 6;
        const LAST: usize = 4;
        let mut shown = [b'*'; MOST];
        let mut len = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
            if !byte.is_ascii_digit() || len == MOST {
                return out.show("****");
            }
            shown[len] = byte;
            len += 1;
        }
        if len < LEAST {
            return out.show("****");
        }
        shown[FIRST..len - LAST].fill(b'*');
        out.show(str::from_utf8(&shown[..len]).unwrap_or("****"));
    }
}

impl Mask for Ip {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        match text.trim().parse::<IpAddr>() {
            // Writing to memory cannot fail.
            Ok(address) => drop(write!(out, "{}", network(address))),
            Err(_) => out.show(REDACTED),
        }
    }
}

pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(network_v4(v4)),
        IpAddr::V6(v6) => IpAddr::V6(network_v6(v6)),
    }
}

/// The /24 of an IPv4 address.
pub(super) fn network_v4(address: Ipv4Addr) -> Ipv4Addr {
    let [a, b, c, _] = address.octets();
    Ipv4Addr::new(a, b, c, 0)
}

/// The /48 of an IPv6 address: what a site is given.
pub(super) fn network_v6(address: Ipv6Addr) -> Ipv6Addr {
    let [a, b, c, ..] = address.segments();
    Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)
}
