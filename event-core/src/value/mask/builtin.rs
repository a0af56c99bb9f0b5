//! The masks of text that is neither a number nor an IP address: [`Redact`] and [`Email`].

use super::{Mask, MaskWriter};

/// The output for a value that must not be shown.
pub const REDACTED: &str = "[redacted]";

/// Shows nothing: `[redacted]`.
#[derive(Debug)]
pub enum Redact {}

/// Shows the first letter and the domain of an e-mail address: `a***@example.com`; `***` for any
/// other text.
///
/// # Worst case
///
/// Of a text that is exactly one address, the first ASCII letter or digit and the domain are shown.
/// A domain is shown if it is a name of two to five labels with a top-level domain of letters. It
/// is hidden if it is an IP address, a single label such as `localhost`, a name in Unicode
/// (`xn--exmple-cua.de` is shown, `exämple.de` is not), or a name that may contain an address:
/// digits in a label below the domain (`ip-203-0-113-77.ec2.internal`).
///
/// Text that is not exactly one address shows nothing: a display name (`Ada <ada@example.com>`),
/// several addresses, a sentence, a handle (`@adalovelace`). A secret that has the form of an
/// address (`hunter@correct.horse`) shows the text after its `@`; use [`Redact`] or
/// [`Hash`](enum@super::Hash) for a field that may hold one.
#[derive(Debug)]
pub enum Email {}

impl Mask for Redact {
    fn write(_: &str, out: &mut MaskWriter<'_>) {
        out.show(REDACTED);
    }
}

impl Mask for Email {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        const HIDDEN: &str = "***";
        let parts = text.trim().rsplit_once('@');
        let Some((local, domain)) =
            parts.filter(|(local, domain)| is_local(local) && is_domain(domain))
        else {
            return out.show(HIDDEN);
        };
        if let Some(first) =
            local.get(..1).filter(|first| first.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            out.show(first);
        }
        out.show(HIDDEN);
        out.show("@");
        out.show(domain);
    }
}

/// Whether the text is the part of one address before the `@`: a quoted string, or text without the
/// characters that may separate or enclose addresses (RFC 5322 §3.2.3).
fn is_local(text: &str) -> bool {
    let is_special = |c: char| c.is_whitespace() || c.is_control() || "()<>[]:;@\\,\"".contains(c);
    let is_quoted = |text: &str| !text.contains(['"', '\\']);
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => !text.is_empty() && !text.contains(is_special),
    }
}

/// Whether the text is a domain that may be shown. The pattern of [`output`](super::output()) is
/// equivalent.
fn is_domain(text: &str) -> bool {
    const LABELS_BELOW: usize = 3;
    let Some((rest, top)) = text.rsplit_once('.') else { return false };
    let (below, own) =
        rest.rsplit_once('.').map_or((None, rest), |(below, own)| (Some(below), own));
    let mut below = below.into_iter().flat_map(|below| below.split('.'));
    let is_short = below.clone().count() <= LABELS_BELOW;
    is_top(top)
        && is_label(own, |byte| byte.is_ascii_alphanumeric())
        && is_short
        && below.all(|label| is_label(label, |byte| byte.is_ascii_alphabetic()))
}

/// Whether the text is a label of at most three words, separated by hyphens. Four words of digits
/// could be an IPv4 address.
fn is_label(text: &str, is_of_a_word: impl Fn(u8) -> bool) -> bool {
    const LONGEST: usize = 32;
    const WORDS: usize = 3;
    // The prefix `xn--` contains an empty word.
    let text = text.strip_prefix("xn--").unwrap_or(text);
    let is_word =
        |word: &str| (1..=LONGEST).contains(&word.len()) && word.bytes().all(&is_of_a_word);
    text.split('-').count() <= WORDS && text.split('-').all(is_word)
}

/// Whether the text is a top-level domain: letters, or a Unicode name in ASCII form. An IPv4
/// address ends with a number.
fn is_top(text: &str) -> bool {
    const LONGEST: usize = 24;
    let (name, is_of_it): (&str, fn(&u8) -> bool) = match text.strip_prefix("xn--") {
        Some(name) => (name, u8::is_ascii_alphanumeric),
        None => (text, u8::is_ascii_alphabetic),
    };
    (2..=LONGEST).contains(&name.len()) && name.as_bytes().iter().all(is_of_it)
}
