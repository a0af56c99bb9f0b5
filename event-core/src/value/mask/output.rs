//! The pattern of the output of each mask.
//!
//! Schemas of the write contract have the pattern, and the command `validate` checks records with
//! it. Text that matches the output is kept when it is masked, so a raw value matches only if its
//! mask hides nothing of it. [`Hash`](enum@super::Hash) is the exception: see its documentation.

use super::hash::is_pseudonym;
use super::{Card, Email, Ip, Last4, Mask, MaskWriter, Redact};
use crate::model::meta::Sensitivity;
use crate::value::encode::Encoder;
use std::fmt;

/// The output that a mask writes.
pub struct Output {
    /// A regular expression of ECMA-262 without look-around, for the keyword `pattern`.
    pub pattern: &'static str,
    /// A sample of the output.
    pub sample: &'static str,
    has: fn(&str) -> bool,
}

impl Output {
    /// Whether the text matches the output.
    pub fn has(&self, text: &str) -> bool {
        (self.has)(text)
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("pattern", &self.pattern)
            .field("sample", &self.sample)
            .finish_non_exhaustive()
    }
}

/// The output of a built-in mask. Returns `None` for a mask of the catalog, and for a value that is
/// left out or written unmasked.
///
/// ```
/// use event_core::mask;
/// use event_core::meta::Sensitivity;
///
/// let output = mask::output(Sensitivity::Email).unwrap();
/// assert!(output.has("a***@example.com"));
/// assert!(!output.has("ada@example.com"));
/// ```
pub fn output(mask: Sensitivity) -> Option<&'static Output> {
    match mask {
        Sensitivity::Redact => Some(&REDACT),
        Sensitivity::Email => Some(&EMAIL),
        Sensitivity::Last4 => Some(&LAST4),
        Sensitivity::Card => Some(&CARD),
        Sensitivity::Hash => Some(&HASH),
        Sensitivity::Ip => Some(&IP),
        // Left out, masked by the catalog's own mask, or unmasked.
        _ => None,
    }
}

static REDACT: Output =
    Output { pattern: r"^\[redacted\]$", sample: "[redacted]", has: is_kept_by::<Redact> };

static EMAIL: Output = Output {
    pattern: concat!(
        r"^(\*{3}|[0-9A-Za-z]?\*{3}@",
        r"((xn--)?[A-Za-z]{1,32}(-[A-Za-z]{1,32}){0,2}\.){0,3}",
        r"(xn--)?[0-9A-Za-z]{1,32}(-[0-9A-Za-z]{1,32}){0,2}",
        r"\.([A-Za-z]{2,24}|xn--[0-9A-Za-z]{2,24}))$",
    ),
    sample: "a***@example.com",
    has: is_kept_by::<Email>,
};

static LAST4: Output =
    Output { pattern: r"^\*{4}([0-9A-Za-z]{4})?$", sample: "****4242", has: is_kept_by::<Last4> };

static CARD: Output = Output {
    pattern: r"^(\*{4}|[0-9]{6}\*{3,9}[0-9]{4})$",
    sample: "424242******4242",
    has: is_kept_by::<Card>,
};

static HASH: Output = Output {
    pattern: "^h:[0-9A-Za-z_-]{1,16}:[0-9a-f]{32}$",
    sample: "h:process:5d41402abc4b2a76b9719d911017c592",
    has: is_pseudonym,
};

static IP: Output = Output {
    pattern: concat!(
        r"^(\[redacted\]",
        r"|((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}0/24",
        // 6to4: the last written group is the third byte of the IPv4 address.
        r"|2002(:(0|[1-9a-f][0-9a-f]{0,3}):[1-9a-f][0-9a-f]?00|:[1-9a-f][0-9a-f]{0,3})?::/40",
        // Any other IPv6 network: the first group is not 2002, and the last written group is not 0.
        r"|::/48|0(:0|:[1-9a-f][0-9a-f]{0,3})?:[1-9a-f][0-9a-f]{0,3}::/48",
        r"|([1-9a-f][0-9a-f]{0,2}|[13-9a-f][0-9a-f]{3}|2[1-9a-f][0-9a-f]{2}|20[1-9a-f][0-9a-f]|200[013-9a-f])",
        r"((:0|:[1-9a-f][0-9a-f]{0,3})?:[1-9a-f][0-9a-f]{0,3})?::/48",
        r")$",
    ),
    sample: "203.0.113.0/24",
    has: is_kept_by::<Ip>,
};

/// Whether the mask keeps the text unchanged.
fn is_kept_by<M: Mask>(text: &str) -> bool {
    let mut out = Encoder::new();
    M::write(text, &mut MaskWriter::new(&mut out));
    // No built-in mask writes a character that JSON escapes.
    out.bytes() == text.as_bytes()
}
