//! The client's address behind proxies.

use http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// The proxies in front of a service, and the header in which they report the address that each of
/// them was called from.
///
/// A caller can write these headers too. So the list is read from its end, which the nearest proxy
/// wrote, and an entry counts only if the proxy behind it is one of these networks. The client is
/// the first address from the end that is not a proxy. Say which header *your* proxies write: a
/// header that they pass on unread is the caller's.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    header: ProxyHeader,
}

#[derive(Clone, Copy, Debug)]
enum ProxyHeader {
    XForwardedFor,
    Forwarded,
}

impl TrustedProxies {
    /// Proxies that write `X-Forwarded-For`.
    pub fn x_forwarded_for(networks: impl IntoIterator<Item = IpNet>) -> Self {
        Self { networks: networks.into_iter().collect(), header: ProxyHeader::XForwardedFor }
    }

    /// Proxies that write `Forwarded` (RFC 7239).
    pub fn forwarded(networks: impl IntoIterator<Item = IpNet>) -> Self {
        Self { networks: networks.into_iter().collect(), header: ProxyHeader::Forwarded }
    }

    /// The address of the client. `None` if a trusted proxy reports no address: RFC 7239 allows
    /// `unknown`, and names.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let name = match self.header {
            ProxyHeader::XForwardedFor => const { HeaderName::from_static("x-forwarded-for") },
            ProxyHeader::Forwarded => header::FORWARDED,
        };
        let mut client = peer.to_canonical();
        for value in headers.get_all(name).iter().rev() {
            // Elements are separated by commas in both headers; an address has none.
            for element in value.as_bytes().rsplit(|byte| *byte == b',') {
                if !self.trusts(client) {
                    return Some(client);
                }
                let element = str::from_utf8(element).ok()?.trim();
                client = match self.header {
                    ProxyHeader::XForwardedFor => address(element)?,
                    ProxyHeader::Forwarded => address(for_of(element)?)?,
                };
            }
        }
        Some(client)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address))
    }
}

/// The parameter `for` of an element of `Forwarded`.
fn for_of(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// An address, with or without a port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::TrustedProxies;
    use http::{HeaderMap, HeaderValue};
    use std::net::IpAddr;

    fn client(proxies: &TrustedProxies, peer: &str, name: &'static str, values: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_str(value).expect("a header"));
        }
        let peer = peer.parse::<IpAddr>().expect("an address");
        proxies.client(peer, &headers).map_or_else(|| "none".to_owned(), |ip| ip.to_string())
    }

    #[test]
    fn the_list_is_read_from_its_end_through_trusted_peers_only() {
        let networks = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("CIDR"));
        let proxies = TrustedProxies::x_forwarded_for(networks);
        for (peer, values, expected) in [
            ("10.0.0.1", &["8.8.8.8, 10.0.0.1"][..], "8.8.8.8"),
            ("10.0.0.1", &["1.1.1.1, 8.8.8.8"], "8.8.8.8"),
            ("10.0.0.1", &["1.1.1.1", "8.8.8.8, 10.2.0.1"], "8.8.8.8"),
            ("9.9.9.9", &["8.8.8.8"], "9.9.9.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["10.3.0.1, 10.2.0.1"], "10.3.0.1"),
            ("10.0.0.1", &["8.8.8.8:4711"], "8.8.8.8"),
            ("::ffff:10.0.0.1", &["::ffff:8.8.8.8"], "8.8.8.8"),
            ("fd00::1", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("10.0.0.1", &["unknown"], "none"),
            ("10.0.0.1", &["unknown, 8.8.8.8"], "8.8.8.8"),
            ("10.0.0.1", &["8.8.8.8,"], "none"),
        ] {
            assert_eq!(client(&proxies, peer, "x-forwarded-for", values), expected, "{values:?}");
        }
        assert_eq!(client(&proxies, "10.0.0.1", "forwarded", &["for=8.8.8.8"]), "10.0.0.1");
    }

    #[test]
    fn forwarded_has_the_address_in_its_parameter() {
        let proxies = TrustedProxies::forwarded(["10.0.0.0/8".parse().expect("CIDR")]);
        for (values, expected) in [
            (&["for=1.1.1.1, For=\"8.8.8.8:4711\";proto=https"][..], "8.8.8.8"),
            (&["by=10.0.0.9;for=\"[2001:db8::1]\""], "2001:db8::1"),
            (&["for=8.8.8.8", "for=10.0.0.2"], "8.8.8.8"),
            (&["for=_hidden"], "none"),
            (&["proto=https"], "none"),
        ] {
            assert_eq!(client(&proxies, "10.0.0.1", "forwarded", values), expected, "{values:?}");
        }
        assert_eq!(client(&proxies, "10.0.0.1", "x-forwarded-for", &["8.8.8.8"]), "10.0.0.1");
    }
}
