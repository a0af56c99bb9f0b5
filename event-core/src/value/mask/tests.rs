//! What each mask shows, by example.

use super::*;
use crate::value::Str;

/// The JSON that a mask writes.
pub(super) fn json<M: Mask>(text: &str) -> String {
    let mut out = Encoder::new();
    Masked::<M>::encode_masked(&Str::from(text), &mut out);
    String::from_utf8(out.bytes().to_vec()).unwrap()
}

pub(super) fn masked<M: Mask>(text: &str) -> String {
    serde_json::from_str(&json::<M>(text)).unwrap()
}

/// Every mask of the language on `text`, by its word.
pub(super) fn every_mask(text: &str) -> [(&'static str, String); 6] {
    [
        ("redact", json::<Redact>(text)),
        ("email", json::<Email>(text)),
        ("last4", json::<Last4>(text)),
        ("card", json::<Card>(text)),
        ("hash", json::<Hash>(text)),
        ("ip", json::<Ip>(text)),
    ]
}

#[test]
fn a6_email_keeps_a_letter_and_the_domain() {
    let cases = [
        ("ada@example.com", "a***@example.com"),
        (" ada+news@mail.example.co.uk\n", "a***@mail.example.co.uk"),
        ("a***@example.com", "a***@example.com"),
        ("***@example.com", "***@example.com"),
        ("\"ada lovelace\"@example.com", "***@example.com"),
        ("éva@example.com", "***@example.com"),
        ("e\u{301}va@example.com", "e***@example.com"),
        ("ada@163.com", "a***@163.com"),
        ("ada@xn--exmple-cua.de", "a***@xn--exmple-cua.de"),
        ("ada@example.xn--p1ai", "a***@example.xn--p1ai"),
    ];
    for (text, expected) in cases {
        assert_eq!(masked::<Email>(text), expected, "{text}");
    }
}

#[test]
fn a6_email_shows_nothing_of_a_host_that_is_an_address() {
    let hosts = [
        "203.0.113.77",
        "[203.0.113.77]",
        "[IPv6:2001:db8::1]",
        "0xcb.0x00.0x71.0x4d",
        "3405803853",
        "203-0-113-77.example.com",
        "ip-203-0-113-77.ec2.internal",
        "77.113.0.203.in-addr.arpa",
        "203-0-113-77.com",
        "localhost",
        "exämple.de",
        "example.com\u{202e}",
        "example..com",
        "example.com.",
        "",
    ];
    for host in hosts {
        assert_eq!(masked::<Email>(&format!("ada@{host}")), "***", "{host}");
    }
}

#[test]
fn a6_email_shows_nothing_of_what_is_not_one_address() {
    let texts = [
        "@adalovelace",
        "@ada.lovelace",
        "@ada@example.com",
        "Ada <ada@example.com>",
        "\"Ada\" <ada@example.com>",
        "ada@example.com, bob@example.com",
        "ada@example.com;bob@example.com",
        "ada bob@example.com",
        "mailto:ada@example.com",
        "call me @ my number 555",
        "hunter@2correct-horse",
        "\"a\"b\"@example.com",
        "ada",
        "@",
        "",
    ];
    for text in texts {
        assert_eq!(masked::<Email>(text), "***", "{text}");
    }
}

#[test]
fn a6_last4_shows_nothing_of_a_short_number() {
    let cases = [
        ("4242 4242 4242 4242", "****4242"),
        ("DE02120300000000202051", "****2051"),
        ("+49 30 1234 5678", "****5678"),
        ("(415) 555-2671", "****2671"),
        ("123-45-6789", "****6789"),
        ("A1234567B", "****567B"),
        ("tok-12345678", "****5678"),
        ("12345678", "****5678"),
        ("****5678", "****5678"),
        ("123", "****"),
        ("1234567", "****"),
        ("", "****"),
        ("@example.com", "****"),
        ("١٢٣٤٥٦٧٨", "****"),
        ("DE03120300000000202051", "****"),
    ];
    for (text, expected) in cases {
        assert_eq!(masked::<Last4>(text), expected, "{text}");
    }
}

#[test]
fn a6_card_shows_a_card_number_and_nothing_else() {
    let cases = [
        ("4242424242424242", "424242******4242"),
        ("4242 4242 4242 4242", "424242******4242"),
        (" 5555-5555-5555-4444\n", "555555******4444"),
        ("3782-822463-10005", "378282*****0005"),
        ("3056 930902 5904", "305693****5904"),
        ("4222222222222", "422222***2222"),
        ("424242******4242", "424242******4242"),
        ("4242424242424241", "****"),
        ("1234567890123456789", "****"),
        ("123456789012", "****"),
        ("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "****"),
        ("@example.com", "****"),
        ("123", "****"),
        ("", "****"),
        ("    -    -    ", "****"),
    ];
    for (text, expected) in cases {
        assert_eq!(masked::<Card>(text), expected, "{text}");
    }
}

/// A card number as people paste it.
#[test]
fn a6_a_card_number_with_something_around_it_shows_nothing() {
    for number in [
        "4242 4242 4242 4242",
        "4242424242424242",
        "4222222222222",
        "3782 822463 10005",
        "630400000000",
    ] {
        for code in
            ["123", "1234", "12/30", "1230", "12/30 123", "cvv 123", "CVV:123", "exp 12/30", "x123"]
        {
            for gap in ["", " ", "-", "  ", ".", ",", "/", "\t", "\n", " - "] {
                for text in [format!("{number}{gap}{code}"), format!("{code}{gap}{number}")] {
                    assert_eq!(masked::<Card>(&text), "****", "{text}");
                    assert_eq!(masked::<Last4>(&text), "****", "{text}");
                }
            }
        }
    }
}

#[test]
fn a6_ip_shows_the_network() {
    let cases = [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.77\n", "203.0.113.0/24"),
        ("2001:db8:1:2::77", "2001:db8:1::/48"),
        ("2001:DB8:0:2::77", "2001:db8::/48"),
        ("0:0:1::1", "0:0:1::/48"),
        ("::1", "::/48"),
        // An IPv4 address inside: mapped, compatible, translated, 6to4, Teredo, NAT64, ISATAP, 6rd.
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("::ffff:cb00:714d", "203.0.113.0/24"),
        ("::203.0.113.77", "::/48"),
        ("::ffff:0:203.0.113.77", "::/48"),
        ("2002:cb00:714d::1", "2002:cb00:7100::/40"),
        ("2002:cb00:4d::1", "2002:cb00::/40"),
        ("2002:0:714d::1", "2002:0:7100::/40"),
        ("2001:0:cb00:714d:8000:63bf:34ff:8eb2", "2001:0:cb00::/48"),
        ("64:ff9b::203.0.113.77", "64:ff9b::/48"),
        ("64:ff9b:1::203.0.113.77", "64:ff9b:1::/48"),
        ("2001:db8:1:2:0:5efe:203.0.113.77", "2001:db8:1::/48"),
        ("2001:db8:cb00:714d::1", "2001:db8:cb00::/48"),
        // A network is kept; another prefix is not.
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2002:cb00:7100::/40", "2002:cb00:7100::/40"),
        ("2002:cb00:714d::/48", REDACTED),
        ("203.0.113.77/24", REDACTED),
        ("203.0.113.0/32", REDACTED),
        ("203.0.113.0/024", REDACTED),
        ("203.0.113.77:443", REDACTED),
        ("[2001:db8::1]", REDACTED),
        ("fe80::1%eth0", REDACTED),
        ("203.0.113.77, 10.0.0.1", REDACTED),
        ("", REDACTED),
    ];
    for (text, expected) in cases {
        assert_eq!(masked::<Ip>(text), expected, "{text}");
    }
}

#[test]
fn a6_a_mask_takes_a_text_of_a_megabyte() {
    const LEN: usize = 1 << 20;
    for piece in ["x", "4", "@", "e\u{301}", "\u{202e}ש", "\"\\\n", "🎉", " "] {
        let text = piece.repeat(LEN / piece.len());
        for (word, json) in every_mask(&text) {
            assert!(json.len() <= 64, "{word} of {piece:?}: {} bytes", json.len());
            serde_json::from_str::<String>(&json).unwrap();
        }
    }
}

#[test]
fn a6_a_new_key_takes_over_at_run_time() {
    let (first, second) =
        (HashKey::new("k1", &[1; 32]).unwrap(), HashKey::new("k2", &[2; 32]).unwrap());
    let before = masked::<Hash>("ada");
    assert!(before.starts_with("h:process:"), "{before}");
    assert_eq!(masked::<Hash>("ada"), before);
    for key in [&first, &second, &first] {
        set_hash_key(key.clone());
        assert_eq!(masked::<Hash>("ada"), key.pseudonym("ada"));
        assert_ne!(masked::<Hash>("bob"), key.pseudonym("ada"));
    }
    // Each text that is written during changes of the key is whole, and uses one of the keys.
    std::thread::scope(|threads| {
        threads.spawn(|| {
            (0..500).for_each(|_| [&first, &second].into_iter().cloned().for_each(set_hash_key));
        });
        for _ in 0..2 {
            threads.spawn(|| {
                for n in 0..500 {
                    let text = format!("user {n}");
                    let written = masked::<Hash>(&text);
                    assert!(
                        [first.pseudonym(&text), second.pseudonym(&text)].contains(&written),
                        "{written}"
                    );
                }
            });
        }
    });
}
