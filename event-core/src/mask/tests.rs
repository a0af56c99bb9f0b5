//! What each mask shows, by example, and what none of them shows, whatever the text.

use super::builtin::is_host;
use super::*;
use crate::value::Str;
use proptest::prelude::*;

/// The JSON that a mask writes.
fn json<M: Mask>(text: &str) -> String {
    let mut out = Encoder::new();
    Masked::<M>::encode_masked(&Str::from(text), &mut out);
    String::from_utf8(out.bytes().to_vec()).unwrap()
}

fn masked<M: Mask>(text: &str) -> String {
    serde_json::from_str(&json::<M>(text)).unwrap()
}

/// Every mask of the language on `text`, by its word.
fn every_mask(text: &str) -> [(&'static str, String); 6] {
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
        ("@example.com", "***@example.com"),
        ("\"a@b\"@x", "***@x"),
        ("123", "***"),
        ("", "***"),
        ("ada@", "a***"),
        ("@", "***"),
        ("call me @ my number 555", "c***"),
        // What the documentation warns of.
        ("hunter@2correct-horse", "h***@2correct-horse"),
        ("e\u{301}va@exämple.de", "e***@exämple.de"),
        ("\u{301}va@x.de", "***@x.de"),
        ("\u{202e}ada@x.de", "***@x.de"),
        ("ada@x.de\u{202e}", "a***"),
        ("עדה@דוגמה.קום", "ע***@דוגמה.קום"),
        ("ada@x.de\n", "a***"),
    ];
    for (text, expected) in cases {
        assert_eq!(masked::<Email>(text), expected, "{text}");
    }
}

#[test]
fn a6_last4_shows_nothing_of_a_short_number() {
    let cases = [
        ("4242 4242 4242 4242", "****4242"),
        ("123", "****"),
        ("1234567", "****"),
        ("12345678", "****5678"),
        ("", "****"),
        ("@example.com", "****ecom"),
        ("١٢٣٤٥٦٧٨", "****٥٦٧٨"),
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
        ("3782-822463-10005", "378282*****0005"),
        ("4222222222222", "422222***2222"),
        ("1234567890123456789", "123456*********6789"),
        ("123456789012", "****"),
        ("12345678901234567890", "****"),
        ("4242 4242 4242 4242 exp 12/30", "****"),
        ("424242******4242", "****"),
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

#[test]
fn a6_ip_shows_the_network() {
    let cases = [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2::77", "2001:db8:1::"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
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
    let (first, second) = (HashKey::new("k1", &[1; 32]).unwrap(), HashKey::new("k2", &[2; 32]).unwrap());
    let before = masked::<Hash>("ada");
    assert!(before.starts_with("h:process:"), "{before}");
    assert_eq!(masked::<Hash>("ada"), before);
    for key in [&first, &second, &first] {
        set_hash_key(key.clone());
        assert_eq!(masked::<Hash>("ada"), key.pseudonym("ada"));
        assert_ne!(masked::<Hash>("bob"), key.pseudonym("ada"));
    }
    // Whatever is written while keys change is whole, and under one of them.
    std::thread::scope(|threads| {
        threads.spawn(|| (0..500).for_each(|_| [&first, &second].into_iter().cloned().for_each(set_hash_key)));
        for _ in 0..2 {
            threads.spawn(|| {
                for n in 0..500 {
                    let text = format!("user {n}");
                    let written = masked::<Hash>(&text);
                    assert!([first.pseudonym(&text), second.pseudonym(&text)].contains(&written), "{written}");
                }
            });
        }
    });
}

/// What is shown of `text` by a mask that shows all of it.
enum Open {}

impl Mask for Open {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        use fmt::Write as _;
        out.show(text);
        write!(out, "{text}").unwrap();
    }
}

/// Any text, with more than chance would give of what masks look at.
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

    /// All of the text is hidden: what is written does not depend on it.
    #[test]
    fn a6_redact_shows_nothing(text in text()) {
        prop_assert_eq!(masked::<Redact>(&text), REDACTED);
    }

    /// All of the text is hidden. None of its letters is in the alphabet of pseudonyms, so one that is seen comes from it.
    #[test]
    fn a6_hash_shows_nothing(text in "[g-zG-Z@.✓é]{5,200}") {
        let key = HashKey::new("0", &[7; 16]).unwrap();
        let shown = key.pseudonym(&text);
        prop_assert_eq!(shown.len(), 2 + 1 + 1 + 32);
        let digits = shown.strip_prefix("h:0:").unwrap();
        prop_assert!(digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')), "{shown}");
        prop_assert_ne!(key.pseudonym(&format!("{text}.")), shown);
    }

    /// Hidden is all but the last four letters and digits, and at least as many as are shown: no five of them in a row are seen.
    #[test]
    fn a6_last4_shows_four(text in text()) {
        let alphanumeric = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
        let (all, shown) = (alphanumeric(&text), masked::<Last4>(&text));
        let of_text = alphanumeric(&shown);
        prop_assert!(of_text.len() <= 4 && all.len() >= 2 * of_text.len(), "{shown}");
        prop_assert!(all.ends_with(&of_text));
        prop_assert_eq!(shown.trim_end_matches(char::is_alphanumeric), "****");
    }

    /// Hidden are the digits between the first six and the last four. They are of an alphabet of their own here: one that is seen was to be hidden.
    #[test]
    fn a6_card_hides_the_middle(first in "[0-4]{6}", hidden in "[5-9]{3,9}", last in "[0-4]{4}", gaps in prop::collection::vec(0..24_usize, 0..5)) {
        let mut text = format!("{first}{hidden}{last}");
        for gap in gaps {
            text.insert(gap.min(text.len()), if gap % 2 == 0 { ' ' } else { '-' });
        }
        prop_assert_eq!(masked::<Card>(&text), format!("{first}{}{last}", "*".repeat(hidden.len())));
    }

    /// All of it is hidden where it is no card number.
    #[test]
    fn a6_card_shows_nothing_of_anything_else(text in text()) {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let is_card = (13..=19).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(masked::<Card>(&text) == "****", !is_card);
    }

    /// Hidden is all of the part before the last `@` but its first letter, and all of what follows where that is no host.
    #[test]
    fn a6_email_shows_a_letter_and_a_host(text in text()) {
        let (local, domain) = text.rsplit_once('@').unwrap_or_default();
        let first: String = local.chars().take(1).filter(|c| c.is_alphanumeric()).collect();
        let host = if text.contains('@') && is_host(domain) { format!("@{domain}") } else { String::new() };
        prop_assert_eq!(masked::<Email>(&text), format!("{first}***{host}"));
    }

    /// As the module's documentation says of values that are masked again.
    #[test]
    fn a6_a_masked_value_shows_no_more_when_masked_again(text in text()) {
        let twice = masked::<Redact>(&masked::<Redact>(&text));
        prop_assert_eq!(twice, REDACTED);
        let once = masked::<Ip>(&text);
        prop_assert_eq!(masked::<Ip>(&once), once);
        let once = masked::<Email>(&text);
        let twice = masked::<Email>(&once);
        prop_assert!(twice == once || twice == "***", "{once}, then {twice}");
        prop_assert_eq!(masked::<Last4>(&masked::<Last4>(&text)), "****");
        prop_assert_eq!(masked::<Card>(&masked::<Card>(&text)), "****");
    }
}
