//! What no mask shows, for any text.

use super::tests::{every_mask, json, masked};
use super::*;
use crate::value::read::Input;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A mask that shows all of its text, twice.
enum Open {}

impl Mask for Open {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        use fmt::Write as _;
        out.show(text);
        write!(out, "{text}").unwrap();
    }
}

/// Any text, with more of the characters that masks treat specially than chance would give.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 -]{10,24}",
        "[a-zA-Z0-9.@\"\\\\ -]{0,30}",
        "(\\PC|[\\x00-\\x1f]|\u{301}|\u{202e}|\u{2028}|@){0,30}",
    ]
}

proptest! {
    #[test]
    fn a6_masks_are_total_and_write_plain_text(text in text()) {
        for (word, json) in every_mask(&text) {
            let shown: String = serde_json::from_str(&json).unwrap();
            prop_assert!(!shown.chars().any(|c| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}')), "{word}: {json}");
            prop_assert_eq!(json, format!("\"{shown}\""), "{} has nothing to escape", word);
        }
    }

    #[test]
    fn f5_a_mask_of_ones_own_stays_in_its_string(text in text()) {
        let json = json::<Open>(&text);
        prop_assert!(!json.chars().any(|c| c < ' '), "{json}");
        prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text.repeat(2));
    }

    /// All of the text is hidden: the output does not depend on it.
    #[test]
    fn a6_redact_shows_nothing(text in text()) {
        prop_assert_eq!(masked::<Redact>(&text), REDACTED);
    }

    /// All of the text is hidden. Its letters are not in the alphabet of pseudonyms, so a visible
    /// one would come from the text.
    #[test]
    fn a6_hash_shows_nothing(text in "[g-zG-Z@.✓é]{5,200}") {
        let key = HashKey::new("0", &[7; 16]).unwrap();
        let shown = key.pseudonym(&text);
        prop_assert_eq!(shown.len(), 2 + 1 + 1 + 32);
        let digits = shown.strip_prefix("h:0:").unwrap();
        prop_assert!(digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')), "{shown}");
        prop_assert_ne!(key.pseudonym(&format!("{text}.")), shown);
    }

    /// At most four ASCII letters or digits are shown, and at least as many are hidden.
    #[test]
    fn a6_last4_shows_four(text in text()) {
        let alphanumeric = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let shown = masked::<Last4>(&text);
        let end = shown.strip_prefix("****").unwrap();
        prop_assert!(end.is_empty() || text == shown || (end.len() == 4 && alphanumeric(&text).len() >= 8), "{shown}");
        prop_assert!(alphanumeric(&text).ends_with(end));
    }

    /// Of a card number alone, the mask shows the first six digits and the last four, or the last
    /// four, or nothing.
    #[test]
    fn a6_card_and_last4_hide_the_middle(number in card_number(8..=25), gap in prop::sample::select(&["", " ", "-"][..]), size in 3..7_usize) {
        let groups: Vec<&str> = number.as_bytes().chunks(size).map(|group| str::from_utf8(group).unwrap()).collect();
        let text = groups.join(gap);
        let last = &number[number.len() - 4..];
        let shown = masked::<Last4>(&text);
        prop_assert!(shown == "****" || shown == format!("****{last}"), "{text}: {shown}");
        let shown = masked::<Card>(&text);
        let middle = "*".repeat(number.len().saturating_sub(10));
        prop_assert!(shown == "****" || shown == format!("{}{middle}{last}", &number[..6]), "{text}: {shown}");
    }

    /// Nothing is shown of a card number followed by a code, nor of the code, with any text
    /// between, before and after them.
    #[test]
    fn a6_a_code_behind_a_card_number_is_never_seen(
        number in card_number(12..=19),
        gap in "[ -./,;:|]{0,3}|[ ]?(cvv|CVC2?|exp|code)[ :]{0,2}",
        code in "[0-9]{3,4}|[01][0-9][/ -]?[0-9]{2}",
        around in ("|card |PAN: |\\+|#", "| |\\.|!| thanks"),
    ) {
        // Other schemes have no number this short.
        prop_assume!(number.len() > 13 || number.starts_with('6') || (number.len() == 13 && number.starts_with('4')));
        let text = format!("{}{number}{gap}{code}{}", around.0, around.1);
        prop_assert_eq!(masked::<Card>(&text), "****", "{}", text);
        prop_assert_eq!(masked::<Last4>(&text), "****", "{}", text);
    }

    /// Of one address, a letter and a domain are shown. The domain contains no IP address.
    #[test]
    fn a6_email_shows_a_letter_and_a_domain(text in text()) {
        let shown = masked::<Email>(&text);
        let (local, domain) = text.trim().rsplit_once('@').unwrap_or_default();
        let first: String = local.chars().take(1).filter(char::is_ascii_alphanumeric).collect();
        prop_assert!(shown == "***" || shown == format!("{first}***@{domain}"), "{shown}");
    }

    #[test]
    fn a6_email_shows_no_address_as_a_host(
        v4 in any::<Ipv4Addr>(),
        v6 in any::<Ipv6Addr>(),
        gap in "[.-]",
        around in ("|\\[|\\[IPv6:|ip-|host|x\\.", "|\\]|\\.|\\.example\\.com|\\.internal"),
    ) {
        for host in [v4.to_string().replace('.', &gap), v6.to_string().replace(':', &gap), format!("{:x}", u32::from(v4))] {
            let text = format!("ada@{}{host}{}", around.0, around.1);
            let shown = masked::<Email>(&text);
            let hex = format!("{:x}", u32::from(v4));
            let is_name = shown.contains(&hex) && !around.1.is_empty();
            prop_assert!(shown == "***" || is_name || !host.contains(['.', '-']), "{text}: {shown}");
        }
    }

    /// At most 24 bits of an IPv4 address are shown, as text, as an address, and inside any IPv6
    /// address; and at most 48 bits of an IPv6 address.
    #[test]
    fn a6_ip_shows_no_more_than_the_network(v4 in any::<u32>(), other in any::<u32>(), v6 in any::<u128>()) {
        let low_byte_changed = v4 ^ (1 + other % 255);
        let inside = |v4: u32| {
            let v4 = u128::from(v4);
            [
                v4,
                0xffff << 32 | v4,
                0xffff << 48 | v4,
                0x2002 << 112 | v4 << 80 | u128::from(other),
                0x2001 << 112 | v4 << 64 | u128::from(!other),
                0x2001 << 112 | u128::from(other) << 64 | u128::from(!u32::try_from(v4).unwrap_or_default()),
                0x64_ff9b << 96 | v4,
                0x64_ff9b_0001 << 80 | v4,
                0x64_ff9b_0001 << 80 | v4 << 40,
                0x2001_0db8 << 96 | 0x5efe << 32 | v4,
                0x2001_0db8 << 96 | v4 << 64,
                0x2a01_0e00 << 96 | v4 << 68,
            ]
        };
        for (a, b) in inside(v4).into_iter().zip(inside(low_byte_changed)) {
            let (a, b) = (Ipv6Addr::from(a), Ipv6Addr::from(b));
            prop_assert_eq!(masked::<Ip>(&a.to_string()), masked::<Ip>(&b.to_string()), "{} and {}", a, b);
        }
        let (a, b) = (Ipv4Addr::from(v4), Ipv4Addr::from(low_byte_changed));
        prop_assert_eq!(masked::<Ip>(&a.to_string()), masked::<Ip>(&b.to_string()));
        let (a, b) = (Ipv6Addr::from(v6), Ipv6Addr::from(v6 ^ (1 + u128::from(other))));
        prop_assert!(a.to_canonical() != a || masked::<Ip>(&a.to_string()) == masked::<Ip>(&b.to_string()));
    }

    /// An address and its text have the same output. The output reads back, and is written again
    /// unchanged.
    #[test]
    fn a6_ip_is_one_mask_for_texts_and_addresses(v4 in any::<Ipv4Addr>(), v6 in any::<Ipv6Addr>(), v6_like_v4 in any::<Ipv4Addr>()) {
        assert_one_mask(v4);
        for v6 in [v6, v6_like_v4.to_ipv6_mapped(), v6_like_v4.to_ipv6_compatible()] {
            assert_one_mask(v6);
            assert_one_mask(IpAddr::from(v6));
        }
        assert_one_mask(IpAddr::from(v4));
    }

    /// The module's documentation describes masking twice.
    #[test]
    fn a6_a_masked_value_is_kept(text in text()) {
        prop_assert_eq!(masked::<Redact>(&masked::<Redact>(&text)), masked::<Redact>(&text));
        prop_assert_eq!(masked::<Ip>(&masked::<Ip>(&text)), masked::<Ip>(&text));
        prop_assert_eq!(masked::<Email>(&masked::<Email>(&text)), masked::<Email>(&text));
        prop_assert_eq!(masked::<Last4>(&masked::<Last4>(&text)), masked::<Last4>(&text));
        prop_assert_eq!(masked::<Card>(&masked::<Card>(&text)), masked::<Card>(&text));
    }
}

fn assert_one_mask<T: Masked<Ip> + ToString + Copy>(address: T) {
    let mut out = Encoder::new();
    address.encode_masked(&mut out);
    let written = String::from_utf8(out.bytes().to_vec()).unwrap();
    assert_eq!(written, json::<Ip>(&address.to_string()));
    let read = T::read_masked(Input::parse(&written).unwrap()).unwrap();
    let mut again = Encoder::new();
    read.encode_masked(&mut again);
    assert_eq!(again.bytes(), out.bytes());
}

/// Digits of some length. The last is the check digit of ISO/IEC 7812-1.
fn card_number(len: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let digits = format!("[2-6][0-9]{{{},{}}}", len.start() - 2, len.end() - 2);
    prop::string::string_regex(&digits).unwrap().prop_map(|digits| {
        let weigh = |(at, digit): (usize, char)| match digit.to_digit(10).unwrap_or_default()
            * if at % 2 == 0 { 2 } else { 1 }
        {
            sum @ 10.. => sum - 9,
            sum => sum,
        };
        let sum: u32 = digits.chars().rev().enumerate().map(weigh).sum();
        format!("{digits}{}", (10 - sum % 10) % 10)
    })
}
